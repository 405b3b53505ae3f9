using System.Runtime.InteropServices;

namespace Porchlight.Transparency.Rollups;

/// <summary>
/// A box of published cells, in thousandths of a degree, all four edges inclusive: cell 38,900 reaches from 38.900 to 38.901.
/// </summary>
internal readonly record struct CellBox(int FromLat, int ToLat, int FromLon, int ToLon);

/// <summary>
/// Points by cell and category, for the whole edition. Kept as a summed-area table for each category (the sum of all cells south and west
/// of and with this one, after Crow 1984), so that any box is four look-ups; a grid of over 16 million places is kept as a list of cells
/// instead.
/// </summary>
internal sealed class CellGrid(Segment segment) {
  private const long MostPlaces = 16_000_000;
  private const int Frame = 0, Category = 1, Sum = 2, Lat = 3, Lon = 4, N = 5;

  public static readonly SegmentColumn[] Columns =
    [new("frame", 4), new("category", 1), new("sum", 4), new("lat", 4), new("lon", 4), new("n", 4)];

  /// <summary>A cell and category as one key that sorts by latitude, longitude, category.</summary>
  /// <exception cref="ArgumentOutOfRangeException">Not on the globe.</exception>
  public static ulong Key(int lat, int lon, byte category) {
    ArgumentOutOfRangeException.ThrowIfGreaterThan(Math.Abs((long)lat), 90_000, nameof(lat));
    ArgumentOutOfRangeException.ThrowIfGreaterThan(Math.Abs((long)lon), 180_000, nameof(lon));
    return ((ulong)(lat + 90_000) << 27) | ((ulong)(lon + 180_000) << 8) | category;
  }

  private static (int Lat, int Lon, byte Category) Unpack(ulong key) =>
    ((int)(key >> 27) - 90_000, (int)(key >> 8 & 0x7FFFF) - 180_000, (byte)key);

  /// <summary>Makes the one segment (key 0) of <c>cells.bin</c>; cells that came to 0 are left out.</summary>
  public static BuiltSegment? Build(Dictionary<ulong, long> counts) {
    var cells = counts.Where(cell => cell.Value != 0).OrderBy(cell => cell.Key)
      .Select(cell => (Place: Unpack(cell.Key), N: checked((uint)cell.Value))).ToArray();
    if (cells.Length == 0) return null;
    int south = cells.Min(c => c.Place.Lat), west = cells.Min(c => c.Place.Lon);
    int height = cells.Max(c => c.Place.Lat) - south + 1, width = cells.Max(c => c.Place.Lon) - west + 1;
    byte[] categories = [.. cells.Select(c => c.Place.Category).Distinct().Order()];
    if ((long)height * width * categories.Length > MostPlaces) {
      return Segment(
        [], [.. cells.Select(c => c.Place.Category)], [], [.. cells.Select(c => c.Place.Lat)], [.. cells.Select(c => c.Place.Lon)],
        [.. cells.Select(c => c.N)]);
    }
    var sums = new uint[height * width * categories.Length];
    foreach (var (place, n) in cells)
      sums[(((Array.BinarySearch(categories, place.Category) * height) + place.Lat - south) * width) + place.Lon - west] = n;
    for (var layer = 0; layer < categories.Length; layer++) Accumulate(sums.AsSpan(layer * height * width, height * width), height, width);
    return Segment([south, west, height, width], categories, sums, [], [], []);

    static BuiltSegment Segment(int[] frame, byte[] categories, uint[] sums, int[] lat, int[] lon, uint[] n) =>
      new(RollupFiles.Cells, 0, [frame, categories, sums, lat, lon, n]);
  }

  private static void Accumulate(Span<uint> layer, int height, int width) {
    for (var y = 0; y < height; y++) {
      uint row = 0;
      for (var x = 0; x < width; x++) {
        row = checked(row + layer[(y * width) + x]);
        layer[(y * width) + x] = checked(row + (y > 0 ? layer[((y - 1) * width) + x] : 0));
      }
    }
  }

  /// <summary>Points in a box, by category number (index 0: those of no category).</summary>
  public long[] Count(CellBox box) {
    var counts = new long[256];
    if (segment.Length(Frame) == 0) CountSparse(box, counts);
    else CountDense(box, counts);
    return counts;
  }

  private void CountDense(CellBox box, long[] counts) {
    var (south, west, height, width) = Dense;
    var north = Math.Min(box.ToLat - south, height - 1);
    var east = Math.Min(box.ToLon - west, width - 1);
    var below = Math.Max(box.FromLat - south, 0) - 1;
    var left = Math.Max(box.FromLon - west, 0) - 1;
    if (north <= below || east <= left) return;
    var sums = segment.Span<uint>(Sum);
    var categories = segment.Span<byte>(Category);
    for (var layer = 0; layer < categories.Length; layer++) {
      var table = sums.Slice(layer * height * width, height * width);
      counts[categories[layer]] = At(table, width, north, east) - At(table, width, below, east)
        - At(table, width, north, left) + At(table, width, below, left);
    }
  }

  private static long At(ReadOnlySpan<uint> table, int width, int y, int x) => y < 0 || x < 0 ? 0 : table[(y * width) + x];

  private void CountSparse(CellBox box, long[] counts) {
    ReadOnlySpan<int> lat = segment.Span<int>(Lat), lon = segment.Span<int>(Lon);
    var categories = segment.Span<byte>(Category);
    var n = segment.Span<uint>(N);
    for (var i = LowerBound(lat, box.FromLat); i < lat.Length && lat[i] <= box.ToLat; i++)
      if (lon[i] >= box.FromLon && lon[i] <= box.ToLon) counts[categories[i]] += n[i];
  }

  private static int LowerBound(ReadOnlySpan<int> sorted, int value) {
    int low = 0, high = sorted.Length;
    while (low < high) {
      var middle = (low + high) >> 1;
      if (sorted[middle] < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /// <summary>Adds every cell's count back into a table, from which a next edition takes away and adds what changed.</summary>
  public void AddTo(Dictionary<ulong, long> counts) {
    var categories = segment.Span<byte>(Category);
    if (segment.Length(Frame) == 0) {
      for (var i = 0; i < categories.Length; i++)
        Add(Key(segment.Span<int>(Lat)[i], segment.Span<int>(Lon)[i], categories[i]), segment.Span<uint>(N)[i]);
      return;
    }
    var (south, west, height, width) = Dense;
    for (var layer = 0; layer < categories.Length; layer++) {
      var table = segment.Span<uint>(Sum).Slice(layer * height * width, height * width);
      for (var y = 0; y < height; y++)
        for (var x = 0; x < width; x++) {
          var n = At(table, width, y, x) - At(table, width, y - 1, x) - At(table, width, y, x - 1) + At(table, width, y - 1, x - 1);
          if (n != 0) Add(Key(south + y, west + x, categories[layer]), n);
        }
    }

    void Add(ulong key, long n) => CollectionsMarshal.GetValueRefOrAddDefault(counts, key, out _) += n;
  }

  private (int South, int West, int Height, int Width) Dense {
    get {
      var frame = segment.Span<int>(Frame);
      return (frame[0], frame[1], frame[2], frame[3]);
    }
  }
}
