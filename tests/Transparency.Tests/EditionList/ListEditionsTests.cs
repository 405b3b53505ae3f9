using Porchlight.Transparency.Data;
using Porchlight.Transparency.EditionList;

namespace Porchlight.Transparency.Tests.EditionList;

public sealed class ListEditionsTests {
  private static Edition Row(int amendment = 0) => new() {
    Dataset = "incidents", Number = 3, Amendment = amendment, PublishedAt = new(2025, 10, 9, 14, 0, 0, TimeSpan.Zero),
    From = new(2024, 1, 1), To = new(2025, 9, 30), Rows = 16_000,
    Reason = "September is here.", How = "published from the shell, no second person", ManifestSha256 = "ab12", IsPublic = true,
  };

  [Fact]
  public void An_edition_says_what_it_covers_what_changed_and_its_files() {
    var manifest = MadeUp.Manifest("incidents",
      new("rows/2025-09.parquet", 14_000, "cd34"), new("rollups/counts.bin", 99, "ef56"), new("labels.json", 2_000, "0a1b"));
    var edition = ListEditions.InWords(Row(), manifest);
    Assert.Equal(["Oct 9, 2025", "Jan 1, 2024 to Sep 30, 2025", "16,000", "1,043 records added, 87 corrected, 6 withdrawn"],
      edition.Facts.Select(f => f.Value.Text));
    Assert.Equal(["manifest.json", "rows/2025-09.parquet", "labels.json"], edition.Files.Select(f => f.Path));
    Assert.Equal("/data/incidents/editions/3/rows/2025-09.parquet?amendment=0", edition.Files[1].Href);
    Assert.Equal("3 files, 16 KB", edition.FilesTitle);
    Assert.Null(edition.Amended);
  }

  [Fact]
  public void Rows_taken_out_by_law_are_said_and_the_files_have_new_addresses() {
    var edition = ListEditions.InWords(Row(amendment: 1), MadeUp.Manifest());
    Assert.Equal("Rows were taken out of this edition by law, once.", edition.Amended);
    Assert.EndsWith("?amendment=1", edition.Files[0].Href, StringComparison.Ordinal);
  }

  [Theory]
  [InlineData("rows/2025-09.parquet", true), InlineData("labels.json", true)]
  [InlineData("rollups/counts.bin", false), InlineData("rows", false)]
  public void Only_what_is_meant_to_be_taken_away_has_a_type(string path, bool has) =>
    Assert.Equal(has, ServeEditionFile.TypeOf(path) is not null);
}
