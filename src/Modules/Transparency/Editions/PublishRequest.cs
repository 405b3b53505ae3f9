using Porchlight.Kernel.DuckDb;
using Porchlight.Transparency.Datasets;

namespace Porchlight.Transparency.Editions;

/// <summary>What a person at the shell asks for.</summary>
/// <param name="Reason">Why, in a sentence that residents will read.</param>
/// <param name="How">See <see cref="EditionManifest.How"/>.</param>
/// <param name="EvenIfUnchanged">Whether an edition is made that says what the last one says.</param>
/// <param name="Ask">Puts a question of yes or no; null where it is published unattended.</param>
/// <param name="Rehearse">Gets the finished edition before anything is saved: it is shown to a person and thrown away.</param>
/// <param name="Expect">What it is made of must be this: see <see cref="Publication.MadeOf"/>. Null: whatever is live.</param>
internal sealed record PublishRequest(
  DatasetDeclaration Dataset, string Reason, string How, bool EvenIfUnchanged = false, Func<string, bool>? Ask = null, Func<Rehearsal, Task>? Rehearse = null,
  string? Expect = null);

/// <summary>An edition that could be published.</summary>
/// <param name="Folder">Its files.</param>
/// <param name="Before">Those of the edition it would follow; null for the first.</param>
internal sealed record Rehearsal(EditionManifest Edition, string Folder, string? Before, DuckConnection Duck);

/// <summary>What came of it.</summary>
/// <param name="Edition">The new edition; the last one, where nothing has changed since.</param>
internal sealed record Publication(EditionManifest Edition, bool IsNew) {
  /// <summary>What an edition is made of, as short text: the same mappings, maps and protected addresses, the same imports.</summary>
  public static string MadeOf(string knowledge, IEnumerable<int> imports) => $"{knowledge} {string.Join(',', imports)}";
}
