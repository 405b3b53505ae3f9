using Porchlight.Ui.Tables;

namespace Porchlight.Transparency.Dictionary;

/// <summary>What every word means.</summary>
/// <param name="Words">How the pages say things: anchor, word and meaning.</param>
/// <param name="Datasets">Every dataset, declared by the program.</param>
/// <param name="Offenses">The NIBRS codes by category.</param>
public sealed record DictionaryModel(
    IReadOnlyList<(string Anchor, string Word, string Meaning)> Words, IReadOnlyList<DatasetWords> Datasets, DataTableModel Offenses);

/// <summary>A dataset in words.</summary>
/// <param name="Anchor">Its name in addresses.</param>
/// <param name="Href">Its page; null before it is published.</param>
/// <param name="Units">What may be counted.</param>
/// <param name="Durations">Named durations: from where to where.</param>
/// <param name="Protected">Which rows count for the city only, a sentence each.</param>
/// <param name="Records">Its kinds of record.</param>
public sealed record DatasetWords(
    string Anchor, string Name, string Definition, string Caveat, string? Href, string Units,
    IReadOnlyList<(string Name, string Meaning)> Durations, IReadOnlyList<string> Protected, IReadOnlyList<RecordWords> Records);

/// <summary>A kind of record.</summary>
public sealed record RecordWords(string Name, IReadOnlyList<FieldWords> Fields);

/// <summary>A field in words.</summary>
/// <param name="Anchor">Unique on the page.</param>
/// <param name="Name">As in every file.</param>
/// <param name="Kind">What kind of value it holds.</param>
/// <param name="Published">What leaves the department, and why not more.</param>
public sealed record FieldWords(string Anchor, string Label, string Name, string Definition, string Kind, string Published);
