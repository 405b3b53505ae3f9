using Porchlight.Transparency.Rollups;

namespace Porchlight.Transparency.Tests.Rollups;

public sealed class CellGridTests : IDisposable {
  private readonly string _folder = Directory.CreateTempSubdirectory("porchlight-cells").FullName;
  public void Dispose() => Directory.Delete(_folder, recursive: true);

  [Theory]
  [InlineData(60, 40)]          // a summed-area table
  [InlineData(80_000, 90_000)]  // too wide for one: a list
  public void Every_box_counts_what_lies_in_it_and_the_cells_come_back(int height, int width) {
    var random = new Random(11);
    Dictionary<ulong, long> cells = [];
    List<(int Lat, int Lon, byte Category, long N)> points = [];
    for (var i = 0; i < 500; i++) {
      var (lat, lon, category, n) = (random.Next(height) - 40_000, random.Next(width) - 120_000, (byte)random.Next(4), random.Next(1, 9));
      if (cells.TryAdd(CellGrid.Key(lat, lon, category), n)) points.Add((lat, lon, category, n));
    }
    cells[CellGrid.Key(-80_000, 170_000, 1)] = 0;   // taken away again: it must not stretch the grid
    var path = Path.Combine(_folder, "cells.bin");
    using (var writer = new SegmentWriter(path, CellGrid.Columns)) {
      writer.Add(0, CellGrid.Build(cells)!.Value.Columns);
      writer.Finish();
    }
    using var reader = SegmentReader.Open(path);
    var grid = new CellGrid(reader.At(0));
    for (var i = 0; i < 300; i++) {
      var box = new CellBox(Lat(), Lat(), Lon(), Lon());
      var expected = new long[256];
      foreach (var point in points.Where(p => p.Lat >= box.FromLat && p.Lat <= box.ToLat && p.Lon >= box.FromLon && p.Lon <= box.ToLon))
        expected[point.Category] += point.N;
      Assert.Equal(expected, grid.Count(box));
    }
    Dictionary<ulong, long> back = [];
    grid.AddTo(back);
    cells.Remove(CellGrid.Key(-80_000, 170_000, 1));
    Assert.Equal(cells.OrderBy(c => c.Key), back.OrderBy(c => c.Key));
    Assert.Equal(height > 1000, reader.At(0).Length(0) == 0);

    int Lat() => random.Next(-40_010, -39_990 + height);
    int Lon() => random.Next(-120_010, -119_990 + width);
  }

  [Fact]
  public void A_point_off_the_globe_is_refused_and_no_points_are_no_grid() {
    Assert.Throws<ArgumentOutOfRangeException>(() => CellGrid.Key(90_001, 0, 0));
    Assert.Throws<ArgumentOutOfRangeException>(() => CellGrid.Key(0, -180_001, 0));
    Assert.Null(CellGrid.Build([]));
  }
}
