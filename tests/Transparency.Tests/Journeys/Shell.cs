using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Porchlight.Kernel.Blobs;
using Porchlight.Kernel.DuckDb;
using Porchlight.Testing;
using Porchlight.Transparency.Editions;
using Porchlight.Transparency.Imports;

namespace Porchlight.Transparency.Tests.Journeys;

/// <summary>
/// A department at its shell: the program on a data folder of the test's own, files of the test's own, and what came out of them, read past the
/// program by DuckDB.
/// </summary>
internal sealed partial class Shell(TestHost host) : IAsyncDisposable {
  private readonly TestFolder _files = new();
  private readonly DuckDatabase _duck = DuckDatabase.Open(options: new(Threads: 1));

  public static async Task<Shell> OpenAsync(Provider provider = Provider.Sqlite) => new(await TestHost.StartAsync(provider));

  /// <summary>What was received for incidents, as the program finds it.</summary>
  public RestrictedStore Received => new(host.Services.GetRequiredKeyedService<IBlobs>(BlobPlace.Restricted), "incidents");

  /// <summary>The numbers of the imports that are live.</summary>
  public async Task<List<int>> LiveAsync() => [.. (await Received.LiveAsync(TestContext.Current.CancellationToken)).Select(m => m.Number)];


  public TestHost Host => host;
  public string DataFolder => Path.GetDirectoryName(host.Folder.Published)!;
  public string Restricted => host.Folder.Restricted;
  private PublishedStore Published => host.Services.GetRequiredService<PublishedStore>();

  /// <summary>Writes a file to import and returns its path.</summary>
  public string Write(string name, string text) => _files.Write(name, text);

  public string Write(string name, byte[] bytes) {
    File.WriteAllBytes(_files[name], bytes);
    return _files[name];
  }

  public string PathOf(string name) => _files[name];

  public Task<VerbResult> RunAsync(params string[] words) => host.RunVerbAsync(words);

  /// <summary>Imports a file of a source named "records", its mapping accepted.</summary>
  public Task<VerbResult> ImportAsync(string file, string dataset = "incidents", string source = "records", params string[] more) =>
    host.RunVerbAsync(["import", dataset, file, "--source", source, "--accept-proposed-mapping", .. more]);

  /// <summary>Imports and expects it to be done.</summary>
  public async Task<Imported> ImportedAsync(string file, string dataset = "incidents", string source = "records", params string[] more) =>
    Imported.Read((await ImportAsync(file, dataset, source, more)).Done());

  /// <summary>Publishes and expects it to be done.</summary>
  public async Task<EditionManifest> PublishedAsync(string dataset = "incidents", params string[] more) {
    (await host.RunVerbAsync(["publish", dataset, "--reason", "What was recorded.", "--unattended", .. more])).Done();
    return Newest(dataset);
  }

  /// <summary>Every edition is what it was when it was published.</summary>
  public async Task VerifiesAsync() => (await host.RunVerbAsync("verify")).Done();

  /// <summary>The manifest of the newest edition there is.</summary>
  public EditionManifest Newest(string dataset) {
    return Published.ManifestAsync(dataset, Directory.EnumerateDirectories(Path.Combine(Published.Root, dataset, "editions")).Max(d => int.Parse(Path.GetFileName(d), CultureInfo.InvariantCulture)), default).GetAwaiter().GetResult()!;
  }

  /// <summary>The rows of the newest edition, as one relation of what DuckDB reads from its files; null where it has none.</summary>
  private string? RowFiles(string dataset) {
    var rows = Path.Combine(Published.FolderOf(dataset, Newest(dataset).Number), "rows");
    var files = Directory.GetFiles(rows, "????-??.parquet");
    return files.Length == 0 ? null : $"read_parquet([{string.Join(", ", files.Order(StringComparer.Ordinal).Select(Sql.Text))}])";
  }

  /// <summary>How many published rows of the newest edition a condition holds for.</summary>
  public long Rows(string where = "true", string dataset = "incidents") => RowFiles(dataset) is { } files ? Ask($"SELECT count(*) FROM {files} WHERE {where}", r => r.Long(0))[0] : 0;

  /// <summary>Published rows of the newest edition, asked as a relation named <c>rows</c>.</summary>
  public List<T> AskRows<T>(string sql, Func<DuckRow, T> read, string dataset = "incidents") => Ask($"WITH rows AS (FROM {RowFiles(dataset)}) {sql}", read);

  /// <summary>Counts for the city only: period, kind, type and count.</summary>
  public List<(string Period, string Kind, string Type, long Count)> City(string dataset = "incidents") =>
    Ask($"SELECT period::VARCHAR, kind, type, n FROM read_parquet({Sql.Text(Path.Combine(Published.FolderOf(dataset, Newest(dataset).Number), "rows", "city-periods.parquet"))}) ORDER BY ALL",
      r => (r.Text(0)!, r.Text(1)!, r.Text(2)!, r.Long(3)));

  public List<T> Ask<T>(string sql, Func<DuckRow, T> read) {
    using var connection = _duck.Connect();
    return connection.List(sql, [], read);
  }

  /// <summary>A page's rows to take away, by column.</summary>
  public async Task<IReadOnlyList<RawRow>> CsvAsync(string address) {
    var text = await host.Client.GetStringAsync(address, TestContext.Current.CancellationToken);
    return [.. RawCsv.Parse(new StringReader(text))];
  }

  public async ValueTask DisposeAsync() {
    _duck.Dispose();
    await host.DisposeAsync();
    _files.Dispose();
  }

  public static byte[] Gzip(byte[] bytes) {
    using var packed = new MemoryStream();
    using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(bytes);
    return packed.ToArray();
  }

  public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

  /// <summary>What an import said it did.</summary>
  internal sealed partial record Imported(long In, long Aside, long New, long Changed, long Unchanged, long Withdrawn, long AgedOut, string? AsideFile, string Said) {
    public static Imported Read(VerbResult result) {
      var closing = Closing().Match(result.Out);
      Assert.True(closing.Success, $"No closing line: {result.Out}");
      var what = What().Match(result.Out);
      static long Of(Match match, string group) => match.Success ? long.Parse(match.Groups[group].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture) : 0;
      var aside = AsideLine().Match(result.Out);
      return new(Of(closing, "in"), Of(closing, "aside"), Of(what, "new"), Of(what, "changed"), Of(what, "unchanged"), Of(what, "withdrawn"), Of(what, "aged"), aside.Success ? aside.Groups["path"].Value : null, result.Out);
    }

    /// <summary>Nothing was committed, since nothing is other than before.</summary>
    public bool NothingChanged => Said.Contains("Nothing changed.", StringComparison.Ordinal);

    [GeneratedRegex(@"^(?<in>\d+) rows in, (?<aside>\d+) set aside\s*\z", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Closing();

    [GeneratedRegex(@"^Import \d+: (?<new>[\d,]+) new, (?<changed>[\d,]+) changed, (?<unchanged>[\d,]+) unchanged, (?<withdrawn>[\d,]+) withdrawn, (?<aged>[\d,]+) aged out and kept\.", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex What();

    [GeneratedRegex(@"^Rows set aside, to correct and import again: (?<path>.+?)\r?$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex AsideLine();
  }
}
