using System.CommandLine;
using System.Text;
using System.Text.Unicode;
using Microsoft.Extensions.DependencyInjection;
using Porchlight.Kernel.Blobs;
using Porchlight.Kernel.Verbs;
using Porchlight.Transparency.Data;

namespace Porchlight.Transparency.Imports;

/// <summary>Street addresses whose rows are counted for the city only, one a line (shelters are protected by law).</summary>
internal static class ProtectedAddresses {
  private const string Document = "protected-addresses.txt";

  /// <summary>The list in force, trimmed and in upper case; lines that begin with # are remarks.</summary>
  public static async Task<IReadOnlyList<string>> ReadAsync(IBlobs restricted, CancellationToken ct) =>
    await restricted.DocumentAsync(Document, ct) is { } text ? [.. Lines(text)] : [];

  /// <summary>The <c>protected-addresses</c> under <c>import</c>.</summary>
  public static Command MakeVerb(VerbHost host) {
    var file = new Argument<FileInfo>("FILE") { Description = "One address a line, as exports write it; lines that begin with # are remarks" };
    return host.Verb("protected-addresses", "Replaces the list of addresses whose rows are counted for the city only, from the next edition on.", async (run, ct) => {
      var path = run.Words.GetRequiredValue(file);
      if (!path.Exists) return run.Refuse(new($"There is no file {path.FullName}. Check the name."));
      var text = await File.ReadAllBytesAsync(path.FullName, ct);
      if (text.Length == 0) return run.Refuse(new($"{path.FullName} is empty, so nothing was changed. To protect no address at all, write one line that begins with #."));
      if (text.AsSpan().Contains((byte)0) || !Utf8.IsValid(text)) return run.Refuse(new($"{path.FullName} is not plain text in UTF-8, so nothing was changed. Write one address a line."));
      await run.Get<TransparencyDb>().SaveAsync(run.Services.GetRequiredKeyedService<IBlobs>(BlobPlace.Restricted), null, new(Document, text), ct);
      run.Out.WriteLine($"{Amount.Of(Lines(text).Count(), "address is", "addresses are")} protected from the next edition on.");
      return ExitCodes.Done;
    }, file);
  }

  private static IEnumerable<string> Lines(byte[] text) =>
    Encoding.UTF8.GetString(text).TrimStart('\uFEFF').Split('\n').Select(line => string.Join(' ', line.ToUpperInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))).Where(line => line.Length > 0 && line[0] != '#');
}
