using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Porchlight.Kernel;
using Porchlight.Transparency.Rollups;

namespace Porchlight.Transparency.Tests.Rollups;

public sealed class SegmentFileTests : IDisposable {
  private static readonly SegmentColumn[] Columns = [new("area", 2), new("kind", 1), new("n", 4)];
  private readonly string _folder = Directory.CreateTempSubdirectory("porchlight-segments").FullName;
  public void Dispose() => Directory.Delete(_folder, recursive: true);

  private string Write(string name = "a.bin") {
    var path = Path.Combine(_folder, name);
    using var writer = new SegmentWriter(path, Columns);
    writer.Add(30, [new ushort[] { 1, 2, 65_535 }, new byte[] { 9 }, new uint[] { 7, uint.MaxValue }]);
    writer.Add(-4, [new ushort[1000], new byte[65], Array.Empty<uint>()]);
    writer.Add(12, [Array.Empty<ushort>(), Array.Empty<byte>(), new uint[] { 5 }]);
    writer.Finish();
    return path;
  }

  [Fact]
  public void Segments_come_back_by_key_whatever_order_they_came_in() {
    using var reader = SegmentReader.Open(Write());
    Assert.Equal([-4, 12, 30], reader.Keys.ToArray());
    Assert.Equal(Columns, reader.Columns);
    Assert.True(reader.Find(30, out var segment));
    Assert.Equal([1, 2, 65_535], segment.Span<ushort>(0).ToArray());
    Assert.Equal([9], segment.Span<byte>(1).ToArray());
    Assert.Equal([7, uint.MaxValue], segment.Span<uint>(2).ToArray());
    Assert.Equal((1000, 65, 0), (reader.At(0).Length(0), reader.At(0).Length(1), reader.At(0).Length(2)));
    Assert.False(reader.Find(13, out _));
    Assert.Equal(1..2, reader.Between(0, 29));
    Assert.Equal(0..3, reader.Between(-4, 30));
    Assert.Equal(3..3, reader.Between(31, 90));
  }

  [Fact]
  public void Every_column_begins_at_a_multiple_of_64_bytes_of_the_file() {
    var path = Write();
    var bytes = File.ReadAllBytes(path);
    Assert.Equal("PORCHSEG"u8.ToArray(), bytes[..8]);
    Assert.Equal([1, 0, 2, 0, 255, 255], bytes[192..198]);   // the first column added, after the header and three columns of 32
    using var reader = SegmentReader.Open(path);
    Assert.True(reader.Find(30, out var first));
    foreach (var (segment, column) in (ValueTuple<int, int>[])[(0, 0), (0, 1), (1, 2), (2, 1), (2, 2)]) {
      var bytes64 = reader.At(segment).Bytes(column);
      Assert.Equal(0, Unsafe.ByteOffset(ref MemoryMarshal.GetReference(first.Bytes(0)), ref MemoryMarshal.GetReference(bytes64)) & 63);
    }
  }

  [Fact]
  public void A_segment_copied_from_an_earlier_file_is_the_same_and_so_is_the_file() {
    var path = Write();
    var copy = Path.Combine(_folder, "b.bin");
    using (var reader = SegmentReader.Open(path))
    using (var writer = new SegmentWriter(copy, Columns)) {
      foreach (var key in (int[])[30, -4, 12]) {
        reader.Find(key, out var segment);
        writer.Copy(segment);
      }
      writer.Finish();
    }
    Assert.Equal(File.ReadAllBytes(path), File.ReadAllBytes(copy));
  }

  [Fact]
  public void A_file_that_was_cut_at_any_byte_or_never_finished_is_refused() {
    var bytes = File.ReadAllBytes(Write());
    var path = Path.Combine(_folder, "cut.bin");
    for (var length = 0; length < bytes.Length; length += 37) {
      File.WriteAllBytes(path, bytes[..length]);
      var refusal = Assert.Throws<RefusedException>(() => SegmentReader.Open(path));
      Assert.Contains("cut.bin cannot be read", refusal.Message, StringComparison.Ordinal);
    }
    using (var writer = new SegmentWriter(Path.Combine(_folder, "unfinished.bin"), Columns))
      writer.Add(1, [new ushort[5], new byte[5], new uint[5]]);
    Assert.Throws<RefusedException>(() => SegmentReader.Open(Path.Combine(_folder, "unfinished.bin")));
  }

  [Fact]
  public void A_changed_bit_in_header_columns_or_directory_is_refused_and_so_is_a_foreign_file() {
    var bytes = File.ReadAllBytes(Write());
    var path = Path.Combine(_folder, "bad.bin");
    var directory = bytes.Length - (3 * SegmentFormat.EntryBytes(3));
    var inDirectory = Enumerable.Range(directory, bytes.Length - directory);
    foreach (var at in (int[])[.. Enumerable.Range(0, 36), .. Enumerable.Range(64, 96), .. inDirectory]) {
      var bad = (byte[])bytes.Clone();
      bad[at] ^= 4;
      File.WriteAllBytes(path, bad);
      Assert.Throws<RefusedException>(() => SegmentReader.Open(path));
    }
    File.WriteAllText(path, new string('x', 5000));
    Assert.Contains("it is no roll-up", Assert.Throws<RefusedException>(() => SegmentReader.Open(path)).Message, StringComparison.Ordinal);
    bytes[SegmentFormat.VersionAt] = 9;
    File.WriteAllBytes(path, bytes);
    Assert.Contains("version 9", Assert.Throws<RefusedException>(() => SegmentReader.Open(path)).Message, StringComparison.Ordinal);
  }

  [Fact]
  public void Wrong_columns_and_a_key_twice_are_refused() {
    using var writer = new SegmentWriter(Path.Combine(_folder, "c.bin"), Columns);
    Assert.Throws<ArgumentException>(() => writer.Add(1, [new ushort[5], new ushort[5], new uint[5]]));
    writer.Add(2, [new ushort[5], new byte[5], new uint[5]]);
    Assert.Throws<ArgumentException>(() => writer.Add(2, [new ushort[5], new byte[5], new uint[5]]));
    using var reader = SegmentReader.Open(Write());
    using var other = new SegmentWriter(Path.Combine(_folder, "d.bin"), [new("area", 2)]);
    Assert.Throws<ArgumentException>(() => other.Copy(reader.At(0)));
    Assert.Throws<ArgumentException>(() => reader.At(0).Span<uint>(0).Length);
  }
}
