using Porchlight.Kernel.Storage;

namespace Porchlight.Kernel.Blobs;

/// <summary>The two places of blobs. They never mix: who is given the one cannot reach the other.</summary>
public enum BlobPlace {
  /// <summary>What was received.</summary>
  Restricted,
  /// <summary>What disclosure control let out: all that public pages open.</summary>
  Published,
}

/// <summary>A finished tree of files, to be placed.</summary>
/// <param name="Path">Below its place, with forward slashes: <c>incidents/imports/000017</c>.</param>
/// <param name="Finished">The folder in staging that holds its files and nothing else; gone once it is placed.</param>
public sealed record BlobTree(string Path, string Finished);

/// <summary>A small document, to be replaced whole.</summary>
/// <param name="Path">Below its place: <c>incidents/current.json</c>.</param>
/// <param name="Content">All of it.</param>
public sealed record BlobDocument(string Path, ReadOnlyMemory<byte> Content);

/// <summary>
/// One place of blobs: trees of files that are placed whole and then never change, and small documents that are replaced. In the data folder, or
/// in PostgreSQL with the data folder as this machine's copy. Ask for it by its place: <c>[FromKeyedServices(BlobPlace.Published)] IBlobs</c>.
/// </summary>
public interface IBlobs {
  /// <summary>Where trees lie on this machine: the files of a tree that was fetched are below <c>Root/path</c>.</summary>
  string Root { get; }

  /// <summary>Whether nothing was ever placed here, by whichever machine.</summary>
  Task<bool> IsEmptyAsync(CancellationToken ct);

  /// <summary>The names of the trees directly below a path, also of those that nothing lists.</summary>
  Task<IReadOnlyList<string>> TreesAsync(string below, CancellationToken ct);

  /// <summary>A tree's folder on this machine with every file as it was placed, or null where there is no such tree.</summary>
  /// <exception cref="RefusedException">A file is damaged where it is kept and there is no good copy: the message says what to do.</exception>
  Task<string?> TreeAsync(string path, CancellationToken ct);

  /// <summary>One file of a tree on this machine as it was placed, or null where there is none. Nothing else of the tree is fetched.</summary>
  /// <exception cref="RefusedException">As for a tree.</exception>
  Task<string?> FileAsync(string tree, string name, CancellationToken ct);

  /// <summary>A document as it was last saved, or null.</summary>
  Task<byte[]?> DocumentAsync(string path, CancellationToken ct);

  /// <summary>
  /// Saves a tree, what the database's context holds, and a document, in this order. The document is what lists a tree; or the database's row
  /// is. After a crash at any step the list is the one before or the new one, never one that names a tree which is not whole. In PostgreSQL all
  /// three are one transaction; in a folder a crash may leave a tree that nothing lists, and placing it again replaces that.
  /// </summary>
  Task SaveAsync(PlatformDb db, BlobTree? tree, BlobDocument? document, CancellationToken ct);

  /// <summary>
  /// The turn of that name, held until it is disposed or this process dies, or null where another has it: on this machine or, with PostgreSQL,
  /// on any. Should the connection that holds it break, a second holder cannot place the same tree again: its save is refused.
  /// </summary>
  Task<IAsyncDisposable?> TryTakeTurnAsync(string name, CancellationToken ct);
}
