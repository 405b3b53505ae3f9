using Microsoft.Win32.SafeHandles;

namespace Porchlight.Kernel.Storage;

/// <summary>What a crash or a full disk must not undo: files and folders flushed before they are called done.</summary>
public static class Disk {
  private const int NoSpace = 28, QuotaExceeded = 122;

  /// <summary>Whether an I/O error says that the disk (or the quota) is full.</summary>
  public static bool IsFull(IOException error) => (error.HResult & 0xFFFF) is NoSpace or QuotaExceeded or 0x70 or 0x27;

  /// <summary>Refuses early when the volume of <paramref name="folder"/> has less than <paramref name="bytes"/> free.</summary>
  public static void Need(string folder, long bytes) {
    var free = new DriveInfo(Path.GetFullPath(folder)).AvailableFreeSpace;
    if (free < bytes)
      throw new RefusedException($"This needs {bytes >> 20:N0} MB on the disk of {folder}, and {free >> 20:N0} MB are free. Make room, then run it again. Nothing was changed.");
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

  /// <summary>Flushes every file below a folder, then the folder, so that renaming the folder publishes whole files only.</summary>
  public static void FlushTree(string folder) {
    foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)) {
      using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite);
      RandomAccess.FlushToDisk(handle);
    }
    foreach (var below in Directory.EnumerateDirectories(folder, "*", SearchOption.AllDirectories)) FlushFolder(below);
    FlushFolder(folder);
  }

  /// <summary>Flushes a folder's own entries (names). Windows keeps them by itself.</summary>
  public static void FlushFolder(string folder) {
    if (OperatingSystem.IsWindows()) return;
    using var handle = OpenFolder(folder);
    if (!handle.IsInvalid) _ = Fsync(handle);
  }

  private static SafeFileHandle OpenFolder(string folder) => Open(folder, 0);

  [System.Runtime.InteropServices.DllImport("libc", EntryPoint = "open", SetLastError = true)]
  [System.Runtime.InteropServices.DefaultDllImportSearchPaths(System.Runtime.InteropServices.DllImportSearchPath.SafeDirectories)]
  private static extern SafeFileHandle Open([System.Runtime.InteropServices.MarshalAs(System.Runtime.InteropServices.UnmanagedType.LPUTF8Str)] string path, int flags);

  [System.Runtime.InteropServices.DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
  [System.Runtime.InteropServices.DefaultDllImportSearchPaths(System.Runtime.InteropServices.DllImportSearchPath.SafeDirectories)]
  private static extern int Fsync(SafeFileHandle handle);
}
