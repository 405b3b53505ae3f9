using Porchlight.Transparency.Datasets;

namespace Porchlight.Transparency.Editions;

/// <summary>What a person at the shell asks for.</summary>
/// <param name="Reason">Why, in a sentence that residents will read.</param>
/// <param name="How">See <see cref="EditionManifest.How"/>.</param>
/// <param name="EvenIfUnchanged">Whether an edition is made that says what the last one says.</param>
/// <param name="Ask">Puts a question of yes or no; null where it is published unattended.</param>
internal sealed record PublishRequest(DatasetDeclaration Dataset, string Reason, string How, bool EvenIfUnchanged = false, Func<string, bool>? Ask = null);

/// <summary>What came of it.</summary>
/// <param name="Edition">The new edition; the last one, where nothing has changed since.</param>
internal sealed record Publication(EditionManifest Edition, bool IsNew);
