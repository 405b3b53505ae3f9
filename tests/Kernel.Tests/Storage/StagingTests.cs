using Porchlight.Kernel.Storage;
using Porchlight.Testing;

namespace Porchlight.Kernel.Tests.Storage;

public sealed class StagingTests {
  [Fact]
  public void Unfinished_work_is_gone_when_it_ends_and_what_was_moved_out_stays() {
    using var test = new TestFolder();
    var data = new DataFolder(test.Path);
    using (var work = data.NewStaging()) {
      File.WriteAllText(Path.Combine(work.Path, "draft"), "half");
      File.WriteAllText(Path.Combine(work.Path, "done"), "whole");
      File.Move(Path.Combine(work.Path, "done"), Path.Combine(data.Published, "done"));
    }
    Assert.Empty(Directory.EnumerateFileSystemEntries(data.Staging));
    Assert.Equal("whole", File.ReadAllText(Path.Combine(data.Published, "done")));
  }

  [Fact]
  public void A_sweep_removes_what_a_crash_left_and_leaves_living_work_alone() {
    using var test = new TestFolder();
    var data = new DataFolder(test.Path);
    Directory.CreateDirectory(Path.Combine(data.Staging, "crashed", "deep"));
    File.WriteAllText(Path.Combine(data.Staging, "crashed.lock"), "");
    File.WriteAllText(Path.Combine(data.Staging, "orphan.lock"), "");
    File.WriteAllText(Path.Combine(data.Staging, "stray"), "");
    using var living = data.NewStaging();
    StagingFolder.Sweep(data);
    Assert.Equal([living.Path, living.Path + ".lock"], Directory.GetFileSystemEntries(data.Staging).Order(StringComparer.Ordinal));
  }

  [Fact]
  public void Only_its_owner_may_enter_the_data_folder() {
    if (OperatingSystem.IsWindows()) {
      Assert.Skip("Windows has access lists instead.");
      return;
    }
    using var test = new TestFolder();
    var data = new DataFolder(test["new"]);
    foreach (var folder in (string[])[data.Root, data.Restricted, data.Published, data.Staging])
      Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
  }
}
