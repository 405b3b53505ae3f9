using System.IO.Compression;
using Porchlight.Transparency.Datasets;
using Porchlight.Transparency.Demonstration;

[assembly: AssemblyFixture(typeof(Porchlight.Transparency.Tests.Demonstration.DemoCityFixture))]

namespace Porchlight.Transparency.Tests.Demonstration;

/// <summary>The city as exported on October 9, 2026, read back from its files: the mock pages' January to September.</summary>
public sealed class DemoCityFixture : IDisposable {
  private readonly string _folder = Directory.CreateTempSubdirectory("porchlight-demo-").FullName;

  public DemoCityFixture() {
    Files = DemoCity.Write(_folder, new(2026, 10, 9), DemoCity.UsualSeed, null, TestContext.Current.CancellationToken);
    Incidents = Read(File.OpenRead(Files.Incidents), 14);
    Crimes = Incidents.Where(r => r["Status"] != "Unfounded" && TypeTable.Nibrs.GetValueOrDefault(r["NIBRSCode"])?.Class == TypeClass.Crime)
      .Where(r => r.Time("ReportedAt")!.Value.Month <= 9).ToLookup(r => r.Time("ReportedAt")!.Value.Year);
    Calls = Read(new GZipStream(File.OpenRead(Files.Calls), CompressionMode.Decompress), 15);
  }

  internal DemoFiles Files { get; }
  internal IReadOnlyList<DemoRow> Incidents { get; }
  /// <summary>Reported crimes of January to September by year.</summary>
  internal ILookup<int, DemoRow> Crimes { get; }
  internal IReadOnlyList<DemoRow> Calls { get; }

  public void Dispose() => Directory.Delete(_folder, recursive: true);

  internal static List<DemoRow> Read(Stream stream, int columns) {
    using var reader = new StreamReader(stream);
    var names = reader.ReadLine()!.Split(',');
    Assert.Equal(columns, names.Length);
    var at = names.Index().ToDictionary(n => n.Item, n => n.Index);
    List<DemoRow> rows = [];
    while (reader.ReadLine() is { } line) {
      Assert.DoesNotContain('"', line);
      var cells = line.Split(',');
      Assert.Equal(columns, cells.Length);
      rows.Add(new(at, cells));
    }
    return rows;
  }
}

/// <summary>One row by column name.</summary>
internal sealed record DemoRow(IReadOnlyDictionary<string, int> At, string[] Cells) {
  public string this[string column] => Cells[At[column]];
  public DateTime? Time(string column) => this[column].Length == 0 ? null : DateTime.ParseExact(this[column], "yyyy-MM-dd HH:mm:ss", null);
}
