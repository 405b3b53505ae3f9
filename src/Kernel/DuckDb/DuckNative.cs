using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace Porchlight.Kernel.DuckDb;

/// <summary>The part of DuckDB's C API (duckdb.h, 1.5) that the house uses. Everything else stays undeclared.</summary>
internal static unsafe partial class DuckNative {
  private const string Library = "duckdb";

  static DuckNative() => NativeLibrary.SetDllImportResolver(typeof(DuckNative).Assembly, Resolve);

  // The build copies the library beside the program; the machine's own search path is never asked.
  private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath) {
    if (name != Library) return 0;
    var file = OperatingSystem.IsWindows() ? "duckdb.dll" : OperatingSystem.IsMacOS() ? "libduckdb.dylib" : "libduckdb.so";
    return NativeLibrary.Load(Path.Combine(AppContext.BaseDirectory, file));
  }

  internal const int Success = 0;

  /// <summary>duckdb_result, passed by value to duckdb_fetch_chunk: six words, of which only the library reads any.</summary>
  [StructLayout(LayoutKind.Sequential)]
  internal struct Result {
    private nint _a, _b, _c, _d, _e, _f;
  }

  [StructLayout(LayoutKind.Sequential)]
  internal struct Progress {
    internal double Percentage;
    internal ulong RowsProcessed, RowsTotal;
  }

  /// <summary>duckdb_string_t: up to 12 bytes lie inline, longer text behind a pointer.</summary>
  [StructLayout(LayoutKind.Explicit, Size = 16)]
  internal struct Text {
    [FieldOffset(0)] internal uint Length;
    [FieldOffset(4)] internal byte Inline;
    [FieldOffset(8)] internal byte* Pointer;
  }

  // database and connection
  [LibraryImport(Library, EntryPoint = "duckdb_create_config")] internal static partial int CreateConfig(out nint config);
  [LibraryImport(Library, EntryPoint = "duckdb_set_config", StringMarshalling = StringMarshalling.Utf8)]
  internal static partial int SetConfig(nint config, string name, string option);
  [LibraryImport(Library, EntryPoint = "duckdb_destroy_config")] internal static partial void DestroyConfig(ref nint config);
  [LibraryImport(Library, EntryPoint = "duckdb_open_ext", StringMarshalling = StringMarshalling.Utf8)]
  internal static partial int Open(string? path, out nint database, nint config, out nint error);
  [LibraryImport(Library, EntryPoint = "duckdb_close")] internal static partial void Close(ref nint database);
  [LibraryImport(Library, EntryPoint = "duckdb_connect")]
  internal static partial int Connect(DuckDatabaseHandle database, out nint connection);
  [LibraryImport(Library, EntryPoint = "duckdb_disconnect")] internal static partial void Disconnect(ref nint connection);
  [LibraryImport(Library, EntryPoint = "duckdb_interrupt")] internal static partial void Interrupt(DuckConnectionHandle connection);
  [LibraryImport(Library, EntryPoint = "duckdb_query_progress")]
  internal static partial Progress QueryProgress(DuckConnectionHandle connection);
  [LibraryImport(Library, EntryPoint = "duckdb_free")] internal static partial void Free(nint memory);

  // statements
  [LibraryImport(Library, EntryPoint = "duckdb_query", StringMarshalling = StringMarshalling.Utf8)]
  internal static partial int Query(DuckConnectionHandle connection, string sql, out Result result);
  [LibraryImport(Library, EntryPoint = "duckdb_prepare", StringMarshalling = StringMarshalling.Utf8)]
  internal static partial int Prepare(DuckConnectionHandle connection, string sql, out nint statement);
  [LibraryImport(Library, EntryPoint = "duckdb_prepare_error")] internal static partial nint PrepareError(DuckStatementHandle statement);
  [LibraryImport(Library, EntryPoint = "duckdb_destroy_prepare")] internal static partial void DestroyPrepare(ref nint statement);
  [LibraryImport(Library, EntryPoint = "duckdb_nparams")] internal static partial ulong ParameterCount(DuckStatementHandle statement);
  [LibraryImport(Library, EntryPoint = "duckdb_bind_null")]
  internal static partial int BindNull(DuckStatementHandle statement, ulong index);
  [LibraryImport(Library, EntryPoint = "duckdb_bind_boolean")]
  internal static partial int Bind(DuckStatementHandle statement, ulong index, [MarshalAs(UnmanagedType.U1)] bool value);
  [LibraryImport(Library, EntryPoint = "duckdb_bind_int32")]
  internal static partial int Bind(DuckStatementHandle statement, ulong index, int value);
  [LibraryImport(Library, EntryPoint = "duckdb_bind_int64")]
  internal static partial int Bind(DuckStatementHandle statement, ulong index, long value);
  [LibraryImport(Library, EntryPoint = "duckdb_bind_uint64")]
  internal static partial int Bind(DuckStatementHandle statement, ulong index, ulong value);
  [LibraryImport(Library, EntryPoint = "duckdb_bind_double")]
  internal static partial int Bind(DuckStatementHandle statement, ulong index, double value);
  [LibraryImport(Library, EntryPoint = "duckdb_bind_date")]
  internal static partial int BindDate(DuckStatementHandle statement, ulong index, int days);
  [LibraryImport(Library, EntryPoint = "duckdb_bind_timestamp")]
  internal static partial int BindTimestamp(DuckStatementHandle statement, ulong index, long microseconds);
  [LibraryImport(Library, EntryPoint = "duckdb_bind_timestamp_tz")]
  internal static partial int BindTimestampTz(DuckStatementHandle statement, ulong index, long microseconds);
  [LibraryImport(Library, EntryPoint = "duckdb_bind_varchar_length")]
  internal static partial int BindText(DuckStatementHandle statement, ulong index, byte* utf8, ulong length);
  [LibraryImport(Library, EntryPoint = "duckdb_bind_blob")]
  internal static partial int BindBlob(DuckStatementHandle statement, ulong index, byte* bytes, ulong length);
  [LibraryImport(Library, EntryPoint = "duckdb_execute_prepared")]
  internal static partial int Execute(DuckStatementHandle statement, out Result result);
  [LibraryImport(Library, EntryPoint = "duckdb_execute_prepared_streaming")]
  internal static partial int Stream(DuckStatementHandle statement, out Result result);

  // results
  [LibraryImport(Library, EntryPoint = "duckdb_result_error")] internal static partial nint ResultError(ref Result result);
  [LibraryImport(Library, EntryPoint = "duckdb_rows_changed")] internal static partial ulong RowsChanged(ref Result result);
  [LibraryImport(Library, EntryPoint = "duckdb_destroy_result")] internal static partial void DestroyResult(ref Result result);
  [LibraryImport(Library, EntryPoint = "duckdb_column_count")] internal static partial ulong ColumnCount(ref Result result);
  [LibraryImport(Library, EntryPoint = "duckdb_column_name")] internal static partial nint ColumnName(ref Result result, ulong column);
  [LibraryImport(Library, EntryPoint = "duckdb_column_logical_type")]
  internal static partial nint ColumnType(ref Result result, ulong column);
  [LibraryImport(Library, EntryPoint = "duckdb_fetch_chunk")] internal static partial nint FetchChunk(Result result);
  [LibraryImport(Library, EntryPoint = "duckdb_destroy_data_chunk")] internal static partial void DestroyChunk(ref nint chunk);
  [LibraryImport(Library, EntryPoint = "duckdb_data_chunk_get_size")] internal static partial ulong ChunkSize(nint chunk);
  [LibraryImport(Library, EntryPoint = "duckdb_data_chunk_get_vector")] internal static partial nint ChunkVector(nint chunk, ulong column);
  [LibraryImport(Library, EntryPoint = "duckdb_vector_get_data")] internal static partial void* VectorData(nint vector);
  [LibraryImport(Library, EntryPoint = "duckdb_vector_get_validity")] internal static partial ulong* VectorValidity(nint vector);

  // types
  [LibraryImport(Library, EntryPoint = "duckdb_get_type_id")] internal static partial DuckType TypeId(nint type);
  [LibraryImport(Library, EntryPoint = "duckdb_destroy_logical_type")] internal static partial void DestroyType(ref nint type);
  [LibraryImport(Library, EntryPoint = "duckdb_enum_internal_type")] internal static partial DuckType EnumInternalType(nint type);
  [LibraryImport(Library, EntryPoint = "duckdb_enum_dictionary_size")] internal static partial uint EnumSize(nint type);
  [LibraryImport(Library, EntryPoint = "duckdb_enum_dictionary_value")] internal static partial nint EnumWord(nint type, ulong code);
  [LibraryImport(Library, EntryPoint = "duckdb_decimal_internal_type")] internal static partial DuckType DecimalInternalType(nint type);
  [LibraryImport(Library, EntryPoint = "duckdb_decimal_scale")] internal static partial byte DecimalScale(nint type);

  /// <summary>A text the library lent (not ours to free).</summary>
  internal static string Borrowed(nint text) => Utf8StringMarshaller.ConvertToManaged((byte*)text) ?? "";

  /// <summary>A text the library gave away.</summary>
  internal static string Owned(nint text) {
    var copy = Borrowed(text);
    Free(text);
    return copy;
  }
}

internal sealed class DuckDatabaseHandle : SafeHandle {
  internal DuckDatabaseHandle(nint database) : base(0, ownsHandle: true) => SetHandle(database);
  public override bool IsInvalid => handle == 0;
  protected override bool ReleaseHandle() {
    DuckNative.Close(ref handle);
    return true;
  }
}

internal sealed class DuckConnectionHandle : SafeHandle {
  internal DuckConnectionHandle(nint connection) : base(0, ownsHandle: true) => SetHandle(connection);
  public override bool IsInvalid => handle == 0;
  protected override bool ReleaseHandle() {
    DuckNative.Disconnect(ref handle);
    return true;
  }
}

internal sealed class DuckStatementHandle : SafeHandle {
  internal DuckStatementHandle(nint statement) : base(0, ownsHandle: true) => SetHandle(statement);
  public override bool IsInvalid => handle == 0;
  protected override bool ReleaseHandle() {
    DuckNative.DestroyPrepare(ref handle);
    return true;
  }
}
