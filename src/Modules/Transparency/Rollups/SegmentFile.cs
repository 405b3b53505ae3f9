using System.Buffers.Binary;
using System.IO.MemoryMappedFiles;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Porchlight.Kernel;

namespace Porchlight.Transparency.Rollups;

/// <summary>A column of every segment of a file.</summary>
/// <param name="Name">Up to 24 letters of ASCII.</param>
/// <param name="Width">Bytes of one value: 1, 2 or 4.</param>
internal readonly record struct SegmentColumn(string Name, int Width);

/// <summary>
/// The file of a roll-up (README.md draws it): a header, segments keyed by an integer, a directory. A segment is one array a column, each
/// with a length of its own, back to back from multiples of 64 bytes, little-endian: mapped into memory, a column is a span and nothing
/// is parsed.
/// </summary>
internal static class SegmentFormat {
  public const int Alignment = 64, HeaderBytes = 64, ColumnBytes = 32, NameBytes = 24;
  public const ushort Version = 1;
  public static ReadOnlySpan<byte> Magic => "PORCHSEG"u8;

  // header: magic 0..8, version 8, columns 10, segments 12, directory 16, length 24, checksum 32 of header (with 0 here), columns and
  // directory
  public const int VersionAt = 8, ColumnsAt = 10, SegmentsAt = 12, DirectoryAt = 16, LengthAt = 24, ChecksumAt = 32;

  public static long Align(long position) => (position + Alignment - 1) & -Alignment;

  /// <summary>Bytes of a directory entry: key, 0, offset, then a length for each column, to a multiple of 8.</summary>
  public static int EntryBytes(int columns) => (16 + (4 * columns) + 7) & -8;

  public static uint Checksum(uint crc, ReadOnlySpan<byte> bytes) {
    for (; bytes.Length >= 8; bytes = bytes[8..]) crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
    foreach (var b in bytes) crc = BitOperations.Crc32C(crc, b);
    return crc;
  }
}

/// <summary>
/// Writes a segment file. Segments may come in any order; they lie in the order they came in, so the same order gives the same bytes. Only
/// <see cref="Finish"/> makes it a file that can be opened.
/// </summary>
internal sealed class SegmentWriter : IDisposable {
  private readonly FileStream _file;
  private readonly SegmentColumn[] _columns;
  private readonly SortedDictionary<int, (long Offset, int[] Lengths)> _directory = [];

  public SegmentWriter(string path, IEnumerable<SegmentColumn> columns) {
    _columns = [.. columns];
    _file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16);
    _file.Write(new byte[SegmentFormat.HeaderBytes]);
    _file.Write(ColumnTable());
  }

  /// <summary>Adds a segment: an array of byte, ushort, uint or int for each column.</summary>
  public void Add(int key, ReadOnlySpan<Array> columns) {
    ArgumentOutOfRangeException.ThrowIfNotEqual(columns.Length, _columns.Length);
    Begin(key);
    var lengths = new int[columns.Length];
    for (var i = 0; i < columns.Length; i++) {
      var bytes = MemoryMarshal.CreateReadOnlySpan(ref MemoryMarshal.GetArrayDataReference(columns[i]), Buffer.ByteLength(columns[i]));
      if (bytes.Length != columns[i].Length * _columns[i].Width)
        throw new ArgumentException($"{_columns[i].Name} is {_columns[i].Width} bytes wide, not {columns[i].GetType()}", nameof(columns));
      lengths[i] = columns[i].Length;
      Write(bytes);
    }
    End(key, lengths);
  }

  /// <summary>Copies a segment of an earlier file unchanged.</summary>
  public void Copy(Segment segment) {
    if (!segment.Columns.SequenceEqual(_columns)) throw new ArgumentException("The earlier file has other columns", nameof(segment));
    Begin(segment.Key);
    var lengths = new int[_columns.Length];
    for (var i = 0; i < lengths.Length; i++) {
      lengths[i] = segment.Length(i);
      Write(segment.Bytes(i));
    }
    End(segment.Key, lengths);
  }

  private long _start;

  private void Begin(int key) {
    if (_directory.ContainsKey(key)) throw new ArgumentException($"Segment {key} is there already", nameof(key));
    Pad();
    _start = _file.Position;
  }

  private void Write(ReadOnlySpan<byte> bytes) {
    Pad();
    _file.Write(bytes);
  }

  private void End(int key, int[] lengths) => _directory.Add(key, (_start, lengths));

  private void Pad() {
    Span<byte> zeros = stackalloc byte[SegmentFormat.Alignment];
    zeros.Clear();
    _file.Write(zeros[..(int)(SegmentFormat.Align(_file.Position) - _file.Position)]);
  }

  /// <summary>Writes the directory and then the header, and flushes both to the disk.</summary>
  public void Finish() {
    Pad();
    var at = _file.Position;
    var directory = Directory();
    _file.Write(directory);
    var header = new byte[SegmentFormat.HeaderBytes];
    SegmentFormat.Magic.CopyTo(header);
    BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(SegmentFormat.VersionAt), SegmentFormat.Version);
    BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(SegmentFormat.ColumnsAt), (ushort)_columns.Length);
    BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(SegmentFormat.SegmentsAt), _directory.Count);
    BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(SegmentFormat.DirectoryAt), at);
    BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(SegmentFormat.LengthAt), _file.Position);
    var checksum = SegmentFormat.Checksum(SegmentFormat.Checksum(SegmentFormat.Checksum(0, header), ColumnTable()), directory);
    BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(SegmentFormat.ChecksumAt), checksum);
    _file.Position = 0;
    _file.Write(header);
    _file.Flush(flushToDisk: true);
  }

  private byte[] ColumnTable() {
    var table = new byte[_columns.Length * SegmentFormat.ColumnBytes];
    for (var i = 0; i < _columns.Length; i++) {
      var entry = table.AsSpan(i * SegmentFormat.ColumnBytes, SegmentFormat.ColumnBytes);
      Encoding.ASCII.GetBytes(_columns[i].Name, entry[..SegmentFormat.NameBytes]);
      entry[SegmentFormat.NameBytes] = (byte)_columns[i].Width;
    }
    return table;
  }

  private byte[] Directory() {
    var size = SegmentFormat.EntryBytes(_columns.Length);
    var bytes = new byte[_directory.Count * size];
    var entry = bytes.AsSpan();
    foreach (var (key, (offset, lengths)) in _directory) {
      BinaryPrimitives.WriteInt32LittleEndian(entry, key);
      BinaryPrimitives.WriteInt64LittleEndian(entry[8..], offset);
      for (var i = 0; i < lengths.Length; i++) BinaryPrimitives.WriteInt32LittleEndian(entry[(16 + (4 * i))..], lengths[i]);
      entry = entry[size..];
    }
    return bytes;
  }

  public void Dispose() => _file.Dispose();
}

/// <summary>
/// An opened segment file, mapped into memory. Thread-safe. Its spans end when it is disposed: whoever shares it counts who is reading.
/// </summary>
internal sealed unsafe class SegmentReader : IDisposable {
  private readonly MemoryMappedFile _file;
  private readonly MemoryMappedViewAccessor _view;
  private readonly SegmentColumn[] _columns;
  private readonly int[] _keys;
  private readonly int[] _lengths;      // segment by segment, column by column
  private readonly long[] _offsets;     // the same
  private byte* _start;

  private SegmentReader(string path) {
    if (!BitConverter.IsLittleEndian) throw new PlatformNotSupportedException("Roll-ups are little-endian and are read as they lie");
    var length = new FileInfo(path).Length;
    if (length < SegmentFormat.HeaderBytes) throw Refusal(path, "it is too short");
    _file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, mapName: null, capacity: 0, MemoryMappedFileAccess.Read);
    _view = _file.CreateViewAccessor(0, length, MemoryMappedFileAccess.Read);
    _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
    try {
      var header = new ReadOnlySpan<byte>(_start, SegmentFormat.HeaderBytes).ToArray();
      if (!header.AsSpan().StartsWith(SegmentFormat.Magic)) throw Refusal(path, "it is no roll-up");
      var version = BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(SegmentFormat.VersionAt));
      if (version != SegmentFormat.Version)
        throw Refusal(path, $"it is of version {version}, and this program reads {SegmentFormat.Version}");
      if (BinaryPrimitives.ReadInt64LittleEndian(header.AsSpan(SegmentFormat.LengthAt)) != length)
        throw Refusal(path, "it was cut or added to");
      int columns = BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(SegmentFormat.ColumnsAt));
      var segments = BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(SegmentFormat.SegmentsAt));
      var directoryAt = BinaryPrimitives.ReadInt64LittleEndian(header.AsSpan(SegmentFormat.DirectoryAt));
      var size = SegmentFormat.EntryBytes(columns);
      var columnsEnd = SegmentFormat.HeaderBytes + (columns * SegmentFormat.ColumnBytes);
      if (segments < 0 || directoryAt < columnsEnd || directoryAt + ((long)segments * size) != length)
        throw Refusal(path, "its header is damaged");
      var table = new ReadOnlySpan<byte>(_start + SegmentFormat.HeaderBytes, columns * SegmentFormat.ColumnBytes);
      var directory = new ReadOnlySpan<byte>(_start + directoryAt, segments * size);
      var checksum = BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(SegmentFormat.ChecksumAt));
      header.AsSpan(SegmentFormat.ChecksumAt, 4).Clear();
      if (SegmentFormat.Checksum(SegmentFormat.Checksum(SegmentFormat.Checksum(0, header), table), directory) != checksum)
        throw Refusal(path, "its header is damaged");
      _columns = ReadColumns(table, columns);
      _keys = new int[segments];
      _lengths = new int[segments * columns];
      _offsets = new long[segments * columns];
      ReadDirectory(directory, size);
      for (var i = 0; i < _offsets.Length; i++)
        if (_offsets[i] + ((long)_lengths[i] * _columns[i % columns].Width) > directoryAt)
          throw Refusal(path, "its directory points outside");
    } catch {
      Dispose();
      throw;
    }
  }

  /// <summary>Opens a file.</summary>
  /// <exception cref="RefusedException">It is cut, damaged, foreign, or of another version.</exception>
  public static SegmentReader Open(string path) => new(path);

  private static RefusedException Refusal(string path, string why) =>
    new($"{Path.GetFileName(path)} cannot be read: {why}. "
      + "Publish the edition again, or bring the file back from a backup, then run porchlight verify.");

  private static SegmentColumn[] ReadColumns(ReadOnlySpan<byte> table, int columns) {
    var read = new SegmentColumn[columns];
    for (var i = 0; i < columns; i++) {
      var entry = table.Slice(i * SegmentFormat.ColumnBytes, SegmentFormat.ColumnBytes);
      read[i] = new(Encoding.ASCII.GetString(entry[..SegmentFormat.NameBytes]).TrimEnd('\0'), entry[SegmentFormat.NameBytes]);
    }
    return read;
  }

  private void ReadDirectory(ReadOnlySpan<byte> directory, int size) {
    for (var segment = 0; segment < _keys.Length; segment++) {
      var entry = directory.Slice(segment * size, size);
      _keys[segment] = BinaryPrimitives.ReadInt32LittleEndian(entry);
      var offset = BinaryPrimitives.ReadInt64LittleEndian(entry[8..]);
      for (var i = 0; i < _columns.Length; i++) {
        var at = (segment * _columns.Length) + i;
        _lengths[at] = BinaryPrimitives.ReadInt32LittleEndian(entry[(16 + (4 * i))..]);
        _offsets[at] = offset = SegmentFormat.Align(offset);
        offset += (long)_lengths[at] * _columns[i].Width;
      }
    }
  }

  public IReadOnlyList<SegmentColumn> Columns => _columns;
  /// <summary>The keys, ascending.</summary>
  public ReadOnlySpan<int> Keys => _keys;

  /// <summary>The segment at a place of <see cref="Keys"/>.</summary>
  public Segment At(int index) {
    ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)_keys.Length);
    return new(this, index);
  }

  /// <summary>The segment of a key, if there is one.</summary>
  public bool Find(int key, out Segment segment) {
    var index = Array.BinarySearch(_keys, key);
    segment = index < 0 ? default : new(this, index);
    return index >= 0;
  }

  /// <summary>The places of the keys from..to, both inclusive.</summary>
  public Range Between(int from, int to) {
    var start = Array.BinarySearch(_keys, from);
    var end = Array.BinarySearch(_keys, to);
    return (start < 0 ? ~start : start)..(end < 0 ? ~end : end + 1);
  }

  /// <summary>The place of a column in every segment.</summary>
  public int Column(string name) {
    var at = Array.FindIndex(_columns, column => column.Name == name);
    return at >= 0 ? at : throw new ArgumentException($"There is no column {name}", nameof(name));
  }

  internal int Key(int segment) => _keys[segment];
  internal int Length(int segment, int column) => _lengths[(segment * _columns.Length) + column];

  internal ReadOnlySpan<T> Span<T>(int segment, int column) where T : unmanaged {
    if (Unsafe.SizeOf<T>() != _columns[column].Width)
      throw new ArgumentException($"{_columns[column].Name} is {_columns[column].Width} bytes wide", nameof(column));
    var at = (segment * _columns.Length) + column;
    return new(_start + _offsets[at], _lengths[at]);
  }

  internal ReadOnlySpan<byte> Bytes(int segment, int column) {
    var at = (segment * _columns.Length) + column;
    return new(_start + _offsets[at], _lengths[at] * _columns[column].Width);
  }

  public void Dispose() {
    if (_start is null) return;
    _start = null;
    _view.SafeMemoryMappedViewHandle.ReleasePointer();
    _view.Dispose();
    _file.Dispose();
  }
}

/// <summary>One segment of an opened file.</summary>
internal readonly struct Segment {
  private readonly SegmentReader _reader;
  private readonly int _index;
  internal Segment(SegmentReader reader, int index) => (_reader, _index) = (reader, index);
  public int Key => _reader.Key(_index);
  public IReadOnlyList<SegmentColumn> Columns => _reader.Columns;
  public int Length(int column) => _reader.Length(_index, column);
  /// <summary>The column's values, where they lie in the file.</summary>
  public ReadOnlySpan<T> Span<T>(int column) where T : unmanaged => _reader.Span<T>(_index, column);
  public ReadOnlySpan<byte> Bytes(int column) => _reader.Bytes(_index, column);
}
