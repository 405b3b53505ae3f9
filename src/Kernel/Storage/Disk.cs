using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using Microsoft.Win32.SafeHandles;
using Npgsql;
using Porchlight.Kernel.DuckDb;

namespace Porchlight.Kernel.Storage;

/// <summary>What a crash or a full disk must not undo: files and folders flushed before they are called done.</summary>
public static class Disk {
  private const int InvalidArgument = 22;

  /// <summary>Whether an I/O error says that the disk (or the quota) is full.</summary>
  public static bool IsFull(IOException error) => (error.HResult & 0xFFFF, OperatingSystem.IsWindows()) is
    (28 or 122, false) or (0x27 or 0x70, true); // ENOSPC, EDQUOT; ERROR_HANDLE_DISK_FULL, ERROR_DISK_FULL

  /// <summary>Whether any of the ways to write says that the disk is full: files, SQLite, PostgreSQL, DuckDB.</summary>
  public static bool IsFull(Exception error) => error switch {
    IOException io => IsFull(io),
    DuckException duck => duck.Kind == DuckErrorKind.DiskFull,
    // SQLITE_FULL; and the codes it gives where a file of its own cannot grow: IOERR_WRITE, IOERR_FSYNC, IOERR_TRUNCATE, IOERR_SHMSIZE
    SqliteException sqlite => sqlite.SqliteErrorCode == 13 || sqlite.SqliteExtendedErrorCode is 778 or 1034 or 1546 or 4874,
    PostgresException postgres => postgres.SqlState == PostgresErrorCodes.DiskFull,
    _ => error.InnerException is { } inner && IsFull(inner),
  };

  /// <summary>Refuses early when the volume of <paramref name="folder"/> has less than <paramref name="bytes"/> free.</summary>
  public static void Need(string folder, long bytes) {
    var free = new DriveInfo(Path.GetFullPath(folder)).AvailableFreeSpace;
    if (free < bytes)
      throw new RefusedException($"This needs {(bytes >> 20) + 1:N0} MB on the disk of {folder}, and {free >> 20:N0} MB are free. Make room, then run it again. Nothing was changed.");
  }

  /// <summary>Writes a whole file so that after a crash there is either the old one or the new one: a sibling is written, flushed and renamed over.</summary>
  public static void Replace(string path, ReadOnlySpan<byte> content) {
    var sibling = path + ".new";
    using (var file = new FileStream(sibling, FileMode.Create, FileAccess.Write)) {
      file.Write(content);
      file.Flush(flushToDisk: true);
    }
    File.Move(sibling, path, overwrite: true);
    FlushFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
  }

  /// <summary>Flushes a file.</summary>
  public static void Flush(string path) {
    using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
    RandomAccess.FlushToDisk(handle);
  }

  /// <summary>Flushes every file below a folder, then the folder, so that renaming the folder publishes whole files only.</summary>
  public static void FlushTree(string folder) {
    foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)) Flush(path);
    foreach (var below in Directory.EnumerateDirectories(folder, "*", SearchOption.AllDirectories)) FlushFolder(below);
    FlushFolder(folder);
  }

  /// <summary>Flushes a folder's own entries (names). Windows keeps them by itself.</summary>
  public static void FlushFolder(string folder) {
    if (OperatingSystem.IsWindows()) return;
    using var handle = Open(folder, 0);
    if (handle.IsInvalid) throw Fault(folder);
    // some network file systems cannot flush a folder and say so
    if (Fsync(handle) != 0 && Marshal.GetLastPInvokeError() != InvalidArgument) throw Fault(folder);
  }

  private static IOException Fault(string folder) {
    var error = Marshal.GetLastPInvokeError();
    return new($"{folder}: {Marshal.GetPInvokeErrorMessage(error)}", error);
  }

  [DllImport("libc", EntryPoint = "open", SetLastError = true)]
  [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
  private static extern SafeFileHandle Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

  [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
  [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
  private static extern int Fsync(SafeFileHandle handle);
}
