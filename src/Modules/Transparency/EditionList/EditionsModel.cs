using Porchlight.Ui.Tables;

namespace Porchlight.Transparency.EditionList;

/// <summary>Every edition of every dataset.</summary>
public sealed record EditionsModel(IReadOnlyList<DatasetEditions> Datasets);

/// <summary>The editions of one dataset on this page, newest first.</summary>
/// <param name="Anchor">The dataset's name in addresses; also the name of its page number in the query.</param>
/// <param name="Href">The dataset's page.</param>
public sealed record DatasetEditions(string Anchor, string Name, string Href, IReadOnlyList<EditionWordsModel> Editions, PagerModel Pager);

/// <summary>One edition in words.</summary>
/// <param name="Facts">Published, covers, rows, what changed.</param>
/// <param name="IsCurrent">Whether the pages show it.</param>
/// <param name="Amended">Said where rows were taken out by law.</param>
/// <param name="Sha256">Of its manifest, which holds the SHA-256 of every file.</param>
/// <param name="Files">The manifest first.</param>
public sealed record EditionWordsModel(
    int Number, bool IsCurrent, IReadOnlyList<(string Name, Cell Value)> Facts, string Reason, string How, string? Amended, string Sha256,
    string FilesTitle, IReadOnlyList<FileWords> Files);

/// <summary>A file to take away.</summary>
/// <param name="Path">Its path in the edition.</param>
public sealed record FileWords(string Path, string Href, long Bytes, string Sha256);
