using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Porchlight.Transparency.Datasets;
using Porchlight.Transparency.Figures;
using Porchlight.Transparency.ResponseTimes;
using Porchlight.Ui;
using Porchlight.Ui.Tables;
using Porchlight.Ui.Wording;

namespace Porchlight.Transparency.Dictionary;

/// <summary>
/// <c>/data/dictionary</c>: what every word, field and code means, made from the declarations that the program itself runs by.
/// </summary>
internal static class ShowDictionary {
  private static readonly Texts T = Texts.Of(typeof(ShowDictionary));
  private static readonly string[] HowWeSayIt = ["edition", "more", "faster", "half", "rate", "city-only", "withheld"];

  public static void Map(RouteGroupBuilder everyone) => everyone.MapGet("/data/dictionary", Get);

  private static async Task<IResult> Get(Shelf shelf, CancellationToken ct) {
    var published = new HashSet<string>();
    foreach (var dataset in Catalog.All)
      if (await shelf.CurrentAsync(dataset.Name, ct) is not null) published.Add(dataset.Name);
    return Pages.Of<DictionaryPage, DictionaryModel>(Show(published));
  }

  internal static DictionaryModel Show(IReadOnlySet<string> published) => new(
    [.. HowWeSayIt.Select(word => (word, T[$"words.{word}"], T[$"words.{word}.says", Pacing.NoticedFrom]))],
    [.. Catalog.All.Select(d => InWords(d, published.Contains(d.Name)))],
    Offenses());

  private static DatasetWords InWords(DatasetDeclaration dataset, bool isPublished) => new(
    dataset.Name, dataset.Label.Here, dataset.Definition.Here, dataset.Caveat.Here, isPublished ? dataset.Page : null,
    Fmt.List([.. dataset.Units.Select(u => InWords(dataset, u))]),
    [.. dataset.Intervals.Select(i => (i.Label.Here, T["dictionary.duration", LabelOf(dataset, i.From), LabelOf(dataset, i.To)]))],
    [.. dataset.Sensitive.Select(rule => Rule(dataset, rule)), .. Catchalls(dataset)],
    [.. dataset.RecordTypes.Select(r => new RecordWords(r.Label.Here, [.. r.Fields.Select(f => InWords(dataset, f))]))]);

  private static string InWords(DatasetDeclaration dataset, Unit unit) => unit.IdentifiedBy.Count == 0 ? unit.Label.Here
    : T["dictionary.unit.by", unit.Label.Here, Fmt.List([.. unit.IdentifiedBy.Select(f => Small(LabelOf(dataset, f)))])];

  private static string LabelOf(DatasetDeclaration dataset, string field) => dataset.Main[field].Label.Here;

  private static string Rule(DatasetDeclaration dataset, SensitiveRule rule) {
    var field = dataset.Main[rule.Field];
    return rule.Below is { } below ? T["dictionary.rule.below", rule.Why.Here, field.Label.Here, below]
      : field.Type == FieldType.Flag ? T["dictionary.rule.flag", rule.Why.Here, field.Label.Here]
      : T["dictionary.rule.codes", rule.Why.Here, field.Label.Here, Fmt.List([.. rule.Is.Select(code => CodeName(dataset, code))])];
  }

  // a code of the offense table is said with its name
  private static string CodeName(DatasetDeclaration dataset, string code) =>
    dataset.TypeCodes == "nibrs" && TypeTable.Nibrs.TryGetValue(code, out var type) ? $"{code} {Small(type.Label.Here)}" : code;

  // what protects people beyond the declared rules
  private static IEnumerable<string> Catchalls(DatasetDeclaration dataset) {
    var coded = dataset.Main.Fields.Where(f => f is { Protects: true, Type: FieldType.Code or FieldType.Flag });
    var fields = coded.Select(f => f.Label.Here).ToList();
    if (fields.Count > 0) yield return T["dictionary.rule.unmapped", Fmt.List(fields)];
    if (dataset.Main.Of(FieldRole.Address) is not null) yield return T["dictionary.rule.address"];
    yield return T["dictionary.rule.then", dataset.CityOnlyThreshold];
  }

  private static FieldWords InWords(DatasetDeclaration dataset, Field field) => new(
    $"{dataset.Name}-{field.Name}", field.Label.Here, field.Name, field.Definition.Here, T[$"dictionary.kind.{field.Type}"],
    Published(dataset, field));

  internal static string Published(DatasetDeclaration dataset, Field field) => field.Publish switch {
    Publication.Published => T["dictionary.as-is"],
    Publication.Hour => T["dictionary.hour"],
    Publication.Block => T["dictionary.block"],
    _ => T["dictionary.withheld", T[$"dictionary.why.{Why(dataset, field)}"]],
  };

  private static string Why(DatasetDeclaration dataset, Field field) => field.Role switch {
    FieldRole.Key or FieldRole.RowId or FieldRole.Parent => "number",
    FieldRole.Address => "address",
    FieldRole.Narrative => "text",
    FieldRole.PersonAttribute => "person",
    FieldRole.Sensitive => "protects",
    FieldRole.Status or FieldRole.Agency or FieldRole.OnView => "counts",
    FieldRole.Cleared => "later",
    _ when field.Type == FieldType.Timestamp && dataset.Intervals.Count > 0 => "durations",
    _ => "reading",
  };

  private static DataTableModel Offenses() => new() {
    Caption = T["dictionary.offenses"],
    Columns = [new(T["crime.type"]), new(T["dictionary.code"]), new(T["dictionary.counts-as"])],
    Rows = [.. TypeTable.Categories.SelectMany(CategoryRows)],
  };

  private static IEnumerable<Row> CategoryRows(CategoryCode category) {
    var group = category.Group.Length > 0 ? $", {Small(T[$"group.{category.Group}"])}" : "";
    yield return new([category.Label.Here + group], RowKind.Group);
    foreach (var type in TypeTable.Nibrs.Values.Where(t => t.Category == category.Code))
      yield return new([Cell.Of(type.Label), CodeCell(type), T[$"dictionary.class.{type.Class}"]]);
  }

  // the special codes are words of ours, not of NIBRS
  private static Cell CodeCell(Datasets.TypeCode type) => type.Class is TypeClass.Crime or TypeClass.GroupB ? type.Code : Fmt.None;

  private static string Small(string text) => text.Length > 1 && char.IsUpper(text[1]) ? text : char.ToLowerInvariant(text[0]) + text[1..];
}
