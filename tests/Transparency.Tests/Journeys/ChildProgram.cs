using System.Diagnostics;

namespace Porchlight.Transparency.Tests.Journeys;

/// <summary>The program as a process of its own, as a shell starts it, so that it can be killed.</summary>
internal static class ChildProgram {
  /// <param name="database">What its <c>Database</c> setting says; null for SQLite.</param>
  public static Process Start(string? database, params string[] words) {
    var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
    start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "porchlight.dll"));
    foreach (var word in words) start.ArgumentList.Add(word);
    // the tests' own environment is never the child's
    start.Environment.Remove("Database");
    if (database is not null) start.Environment["Database"] = database;
    return Process.Start(start)!;
  }

  /// <summary>Runs to the end.</summary>
  public static async Task<(int Exit, string Out, string Error)> RunAsync(string? database, params string[] words) {
    using var child = Start(database, words);
    child.StandardInput.Close();
    var (output, error) = (child.StandardOutput.ReadToEndAsync(), child.StandardError.ReadToEndAsync());
    await child.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromMinutes(2));
    return (child.ExitCode, await output, await error);
  }
}
