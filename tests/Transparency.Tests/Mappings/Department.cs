using Porchlight.Kernel;
using System.Text.RegularExpressions;
using Porchlight.Transparency.Datasets;
using Porchlight.Transparency.Mappings;

namespace Porchlight.Transparency.Tests.Mappings;

/// <summary>
/// A made-up export in the style of a department. Each column is a name and a pattern: choices parted by bars, taken in
/// turn, in which {n} is the record's number, {Y} {M} {D} a day, {H} {m} {s} a time, {h} {ap} the hour by twelve, {x} a small fraction.
/// </summary>
internal sealed partial record Department(string Dataset, params (string Name, string Pattern)[] Columns) {
  public ProposalContext Context { get; init; } = ProposalContext.None;
  public int Records { get; init; } = 300;

  public IReadOnlyList<string> Header => [.. Columns.Select(c => c.Name)];
  public IReadOnlyList<string?[]> Sample =>
    [.. Enumerable.Range(0, Records).Select(r => Columns.Select((c, at) => Cell(c.Pattern, r, at)).ToArray())];

  /// <summary>The proposal, as field=column+column(format).</summary>
  public (SourceMapping Mapping, IReadOnlyList<string> Fed) Propose() {
    Assert.Null(Catalog.Find(Dataset, out var dataset, out var records));
    Assert.Null(MappingProposal.For(dataset, records, Header, Sample, Context, out var mapping));
    return (mapping, [.. mapping.Fields.Select(f => $"{f.Key}={string.Join('+', f.Value.Columns)}{Format(f.Value)}")]);
  }

  private static string Format(ColumnMapping column) => column.Format is { } format ? $"({format})" : "";

  public Problem Refusal() {
    Assert.Null(Catalog.Find(Dataset, out var dataset, out var records));
    var problem = MappingProposal.For(dataset, records, Header, Sample, Context, out _);
    Assert.NotNull(problem);
    return problem;
  }

  private static string? Cell(string pattern, int record, int column) {
    // columns take their turns apart, or every value would go with one other
    var choices = pattern.Split('|');
    var choice = choices.Length == 1 ? choices[0] : choices[(record * (column % 3 + 1) + record / choices.Length) % choices.Length];
    var minute = record * 37 + column;
    var hour = minute / 7 % 24;
    var text = Marks().Replace(choice, mark => mark.Groups[1].Value switch {
      "n" => $"{record + 1}",
      "Y" => "2023",
      "M" => $"{record / 28 % 12 + 1:00}",
      "D" => $"{record % 28 + 1:00}",
      "b" => Months[record / 28 % 12],
      "H" => $"{hour:00}",
      "m" => $"{minute % 60:00}",
      "s" => $"{record * 13 % 60:00}",
      "h" => $"{(hour + 11) % 12 + 1:00}",
      "ap" => hour < 12 ? "AM" : "PM",
      "x" => $"{record * 7919 % 99991:00000}",
      "U" => $"{1_672_531_200 + record * 3600L}",
      _ => throw new ArgumentException(mark.Value),
    });
    return text.Length > 0 ? text : null;
  }

  private static readonly string[] Months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

  [GeneratedRegex(@"\{(\w+)\}")]
  private static partial Regex Marks();
}
