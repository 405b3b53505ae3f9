using Porchlight.Kernel.Storage;
using Porchlight.Testing;

namespace Porchlight.Kernel.Tests.Storage;

public sealed class DiskTests {
  [Fact]
  public void A_replaced_file_is_the_new_one_and_leaves_nothing_beside_it() {
    using var folder = new TestFolder();
    var file = folder.Write("manifest", "old, and longer than the new one");
    Disk.Replace(file, "new"u8);
    Assert.Equal("new", File.ReadAllText(file));
    Assert.Equal([file], Directory.GetFiles(folder.Path));
  }

  [Fact]
  public void A_flush_reaches_every_file_and_folder_below_and_says_when_there_is_none() {
    using var folder = new TestFolder();
    Directory.CreateDirectory(folder["a/b"]);
    folder.Write("a/b/c", "text");
    Disk.FlushTree(folder.Path);
    Assert.ThrowsAny<IOException>(() => Disk.FlushTree(folder["none"]));
    if (!OperatingSystem.IsWindows()) Assert.Throws<IOException>(() => Disk.FlushFolder(folder["none"]));
  }

  [Fact]
  public void More_room_than_the_disk_has_is_refused_before_the_work_begins() {
    using var folder = new TestFolder();
    Disk.Need(folder.Path, 1);
    var refused = Assert.Throws<RefusedException>(() => Disk.Need(folder.Path, long.MaxValue));
    Assert.Contains("Make room, then run it again.", refused.Message, StringComparison.Ordinal);
  }

  [Fact]
  public void A_full_disk_is_told_from_other_faults() {
    Assert.SkipUnless(File.Exists("/dev/full"), "This system has no disk that is always full.");
    var full = Assert.Throws<IOException>(() => { using var file = new FileStream("/dev/full", FileMode.Open, FileAccess.Write); file.Write("x"u8); file.Flush(); });
    Assert.True(Disk.IsFull(full));
    using var folder = new TestFolder();
    folder.Write("here", "");
    var notEmpty = Assert.ThrowsAny<IOException>(() => Directory.Delete(folder.Path));
    Assert.False(Disk.IsFull(notEmpty));
  }
}
