using System.Runtime.InteropServices;

namespace Porchlight.Transparency.Rollups;

/// <summary>
/// A second name for a file of an earlier edition: editions are never changed, so equal files need their space once. Where the file
/// system has no links (or its limit of them is reached), a copy does the same.
/// </summary>
internal static partial class HardLink {
  public static void Make(string from, string to) {
    var linked = OperatingSystem.IsWindows() ? CreateHardLink(to, from, 0) : Link(from, to) == 0;
    if (!linked) File.Copy(from, to);
  }

  [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8)]
  [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
  private static partial int Link(string from, string to);

  [LibraryImport("kernel32", EntryPoint = "CreateHardLinkW", StringMarshalling = StringMarshalling.Utf16)]
  [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
  [return: MarshalAs(UnmanagedType.Bool)]
  private static partial bool CreateHardLink(string to, string from, nint mustBeZero);
}
