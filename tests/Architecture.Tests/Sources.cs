namespace Porchlight.Architecture.Tests;

/// <summary>The files that people write, as paths from the root with forward slashes.</summary>
internal static class Sources {
  private static readonly string[] Rooms = ["src", "tests", "scripts", "bench", "docs"];
  private static readonly string[] Made = ["node_modules", "bin", "obj", "wwwroot"];

  public static IReadOnlyList<string> Files(string root, params string[] patterns) => [.. Rooms.Select(room => Path.Combine(root, room)).Where(Directory.Exists)
    .SelectMany(room => patterns.SelectMany(pattern => Directory.EnumerateFiles(room, pattern, SearchOption.AllDirectories)))
    .Select(file => Path.GetRelativePath(root, file).Replace('\\', '/'))
    .Where(file => !file.Split('/').Intersect(Made).Any()).Order(StringComparer.Ordinal)];
}
