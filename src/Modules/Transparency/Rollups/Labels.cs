using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Porchlight.Kernel;

namespace Porchlight.Transparency.Rollups;

/// <summary>A value of a published column and the number that stands for it in roll-ups. A number is given once and never again.</summary>
internal interface ILabel {
  /// <summary>The text in the published rows.</summary>
  string Code { get; }
  /// <summary>The number in the roll-ups; 0 in a label that has not been given one yet.</summary>
  ushort Number { get; }
}

/// <summary>A beat, or whatever the department's map calls its areas.</summary>
/// <param name="Population">Residents; null where nobody has said.</param>
/// <param name="From">First day it holds; null: always.</param>
/// <param name="To">Last day it holds; null: still.</param>
internal sealed record AreaLabel(
  string Code, Words Name, string? District = null, long? Population = null, DateOnly? From = null, DateOnly? To = null,
  ushort Number = 0) : ILabel;

/// <summary>An offense or a kind of call.</summary>
/// <param name="Category">The code of its category; null: none.</param>
/// <param name="Class">How it counts: crime, group-b, not-an-offense, unfounded, unmapped, own.</param>
internal sealed record TypeLabel(string Code, Words Words, string? Category = null, string? Class = null, ushort Number = 0) : ILabel;

/// <summary>A group of types.</summary>
internal sealed record CategoryLabel(string Code, Words Words, ushort Number = 0) : ILabel;

/// <summary>A priority.</summary>
/// <param name="Order">1 is the most urgent; null where no one has said. A number tells nothing of it: it is given in the order of coming.</param>
internal sealed record PriorityLabel(string Code, Words Words, int? Order = null, ushort Number = 0) : ILabel;

/// <summary>
/// What the numbers of an edition's roll-ups mean: <c>labels.json</c>. Number 0 is none everywhere (missing, withheld, unplaced); area 1
/// is kept for what is counted for the city only. A later edition adds to an earlier one's labels and may reword them; it never drops or
/// renumbers one.
/// </summary>
internal sealed class Labels {
  private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) {
    WriteIndented = true, NewLine = "\n", DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
  };

  public const ushort None = 0, CityOnly = 1;

  public static readonly Labels Empty = new(new([], 2, ushort.MaxValue), new([], 1, 65_534), new([], 1, 254), new([], 1, 254));

  private Labels(
      LabelSet<AreaLabel> areas, LabelSet<TypeLabel> types, LabelSet<CategoryLabel> categories, LabelSet<PriorityLabel> priorities) {
    (Areas, Types, Categories, Priorities) = (areas, types, categories, priorities);
    CategoryOfType = new byte[types.Limit];
    foreach (var type in types.All)
      if (type.Category is { } category) {
        CategoryOfType[type.Number] = (byte)(categories.Number(category) is var number and not None ? number
          : throw new InvalidOperationException($"Type {type.Code} is of category {category}, which has no label"));
      }
  }

  public LabelSet<AreaLabel> Areas { get; }
  public LabelSet<TypeLabel> Types { get; }
  public LabelSet<CategoryLabel> Categories { get; }
  public LabelSet<PriorityLabel> Priorities { get; }
  /// <summary>By a type's number, its category's; long enough for every number in use.</summary>
  public byte[] CategoryOfType { get; }

  /// <summary>
  /// These labels with others added or reworded: a code that is known keeps its number, a new one gets the next. Numbers given are
  /// ignored.
  /// </summary>
  /// <exception cref="RefusedException">More than 65,534 codes in a field (254 for categories and priorities).</exception>
  public Labels With(
      IEnumerable<AreaLabel>? areas = null, IEnumerable<TypeLabel>? types = null, IEnumerable<CategoryLabel>? categories = null,
      IEnumerable<PriorityLabel>? priorities = null) => new(
    Areas.With("areas", areas ?? [], (label, number) => label with { Number = number }),
    Types.With("types", types ?? [], (label, number) => label with { Number = number }),
    Categories.With("categories", categories ?? [], (label, number) => label with { Number = number }),
    Priorities.With("priorities", priorities ?? [], (label, number) => label with { Number = number }));

  /// <summary>
  /// Whether roll-ups made under <paramref name="earlier"/> labels mean the same under these: no number means another code, and no type
  /// has moved to another category.
  /// </summary>
  public bool Extends(Labels earlier) =>
    Areas.Extends(earlier.Areas) && Types.Extends(earlier.Types)
    && Categories.Extends(earlier.Categories) && Priorities.Extends(earlier.Priorities)
    && earlier.Types.All.All(type => Types[type.Number]!.Category == type.Category);

  /// <summary>The bytes of <c>labels.json</c>: the same labels give the same bytes.</summary>
  public byte[] ToJson() =>
    JsonSerializer.SerializeToUtf8Bytes(new LabelFile(Areas.All, Types.All, Categories.All, Priorities.All), Format);

  /// <summary>Reads <c>labels.json</c>.</summary>
  /// <exception cref="InvalidDataException">A number twice, or out of order: not a file of ours.</exception>
  public static Labels FromJson(ReadOnlySpan<byte> json) {
    var file = JsonSerializer.Deserialize<LabelFile>(json, Format) ?? throw new InvalidDataException("labels.json is empty");
    return new(new(file.Areas, 2, ushort.MaxValue), new(file.Types, 1, 65_534), new(file.Categories, 1, 254), new(file.Priorities, 1, 254));
  }

  public static Labels Read(string editionFolder) => FromJson(File.ReadAllBytes(Path.Combine(editionFolder, "labels.json")));

  private sealed record LabelFile(
    IReadOnlyList<AreaLabel> Areas, IReadOnlyList<TypeLabel> Types, IReadOnlyList<CategoryLabel> Categories,
    IReadOnlyList<PriorityLabel> Priorities);
}

/// <summary>The labels of one field; their numbers run from <see cref="First"/> without gaps.</summary>
internal sealed class LabelSet<T> where T : class, ILabel {
  private readonly Dictionary<string, ushort> _numbers = [];
  private readonly int _last;

  public LabelSet(IReadOnlyList<T> all, ushort first, ushort last) {
    (All, First, _last) = (all, first, last);
    for (var i = 0; i < all.Count; i++) {
      if (all[i].Number != first + i || all[i].Code.Length == 0 || !_numbers.TryAdd(all[i].Code, all[i].Number))
        throw new InvalidDataException($"Label {all[i].Number} ({all[i].Code}) is out of order, empty or there twice");
    }
  }

  /// <summary>All, by number.</summary>
  public IReadOnlyList<T> All { get; }
  /// <summary>The number of the first.</summary>
  public ushort First { get; }
  /// <summary>One more than the greatest number: how long an array by number must be.</summary>
  public int Limit => First + All.Count;
  /// <summary>The label of a number; null for 0, for the city-only area, and for a number never given.</summary>
  public T? this[int number] => number >= First && number < Limit ? All[number - First] : null;
  /// <summary>The number of a published code; 0 for null and for an unknown one.</summary>
  public ushort Number(string? code) => code is not null && _numbers.TryGetValue(code, out var number) ? number : Labels.None;

  internal LabelSet<T> With(string what, IEnumerable<T> labels, Func<T, ushort, T> numbered) {
    List<T> all = [.. All];
    Dictionary<string, ushort> numbers = new(_numbers);
    foreach (var label in labels) {
      if (numbers.TryGetValue(label.Code, out var known)) {
        all[known - First] = numbered(label, known);
        continue;
      }
      var next = First + all.Count;
      if (next > _last)
        throw new RefusedException($"There are over {_last - First + 1:N0} {what}. Map them to fewer codes, then publish again.");
      numbers.Add(label.Code, (ushort)next);
      all.Add(numbered(label, (ushort)next));
    }
    return new(all, First, (ushort)_last);
  }

  internal bool Extends(LabelSet<T> earlier) =>
    earlier.All.Count <= All.Count && earlier.All.Zip(All).All(pair => pair.First.Code == pair.Second.Code);
}
