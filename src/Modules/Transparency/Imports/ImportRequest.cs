using Porchlight.Transparency.Datasets;
using Porchlight.Transparency.Imports.Framing;
using Porchlight.Transparency.Mappings;

namespace Porchlight.Transparency.Imports;

/// <summary>What a person at the shell (later: at a page) asks for.</summary>
/// <param name="Accept">Whether a first mapping, and values found on the way, are accepted as proposed.</param>
/// <param name="Confirm">Shows the proposal and asks; null where no one can be asked.</param>
/// <param name="Mapping">A mapping edited by hand, instead of the saved or proposed one.</param>
/// <param name="Columns">From declared field to the column that feeds it, where a person said so.</param>
/// <param name="AnotherSource">Whether a person said that a new source's file is its own, though most of its rows are another's.</param>
/// <param name="Encoding">Of text without a byte order mark, where a person said so.</param>
/// <param name="Key">Header names of the key, instead of the proposed ones.</param>
internal sealed record ImportRequest(
  DatasetDeclaration Dataset, RecordType Records, string Path, string Source, bool Accept = false, Func<SourceMapping, bool>? Confirm = null,
  SourceMapping? Mapping = null, string? TimeZone = null, Cover? Cover = null, IReadOnlyList<string>? Key = null, string? Sheet = null,
  IReadOnlyDictionary<string, string>? Columns = null, bool AnotherSource = false, TextEncoding? Encoding = null);

/// <summary>What came of it.</summary>
/// <param name="Imports">One for each record type that the file carries, the main one first; none where it was imported before and nothing changed.</param>
/// <param name="AsideFile">Where the rows set aside are; null where there are none.</param>
/// <param name="Report">Lines for the person who asked.</param>
internal sealed record ImportOutcome(long RowsIn, long SetAside, IReadOnlyList<ImportManifest> Imports, string? AsideFile, IReadOnlyList<string> Report);
