using Microsoft.EntityFrameworkCore;

namespace Porchlight.Kernel.Blobs;

/// <summary>
/// The tables of blobs in PostgreSQL, for its migrations: one schema a place. <see cref="PostgresBlobs"/> reads and writes them itself, past
/// the change tracker, so there are no entities: a file may be large.
/// </summary>
internal static class BlobTables {
  /// <summary>Lower case: <c>restricted</c>, <c>published</c>.</summary>
  public static string SchemaOf(BlobPlace place) => place switch { BlobPlace.Restricted => "restricted", _ => "published" };

  public static void Map(ModelBuilder model) {
    foreach (var schema in Enum.GetValues<BlobPlace>().Select(SchemaOf)) {
      model.SharedTypeEntity<Dictionary<string, object>>($"{schema} files", files => {
        files.ToTable("kernel_files", schema);
        files.IndexerProperty<string>("Tree").HasMaxLength(200);
        files.IndexerProperty<string>("Name").HasMaxLength(200);
        files.IndexerProperty<long>("Bytes");
        files.IndexerProperty<string>("Sha256").HasMaxLength(64).IsRequired();
        files.HasKey("Tree", "Name");
      });
      model.SharedTypeEntity<Dictionary<string, object>>($"{schema} chunks", chunks => {
        chunks.ToTable("kernel_chunks", schema);
        chunks.IndexerProperty<string>("Sha256").HasMaxLength(64);
        chunks.IndexerProperty<int>("Number");
        chunks.IndexerProperty<byte[]>("Content").IsRequired();
        chunks.HasKey("Sha256", "Number");
      });
      model.SharedTypeEntity<Dictionary<string, object>>($"{schema} documents", documents => {
        documents.ToTable("kernel_documents", schema);
        documents.IndexerProperty<string>("Path").HasMaxLength(200);
        documents.IndexerProperty<byte[]>("Content").IsRequired();
        documents.HasKey("Path");
      });
    }
  }
}
