using Porchlight.Transparency.Datasets;
using Porchlight.Transparency.Mappings;

namespace Porchlight.Transparency.Tests.Mappings;

public sealed class MappingFileTests {
  private static readonly Department Town = new("incidents", ("Case Number", "23-{n}"), ("Report Date", "{M}/{D}/{Y} {H}:{m}"),
    ("Offense", "Theft|Burglary|Vandalism|Suicide"), ("Beat", "A|B"), ("Officer Name", "Smith|Jones"));

  [Fact]
  public void A_mapping_written_and_read_again_is_the_same_text() {
    var (mapping, _) = Town.Propose();
    mapping = mapping with { Cover = Cover.Rolling, TimeZone = "America/Chicago" };
    var written = MappingJson.Write(mapping);
    var read = MappingJson.Read(written);
    Assert.Equal(written, MappingJson.Write(read));
    Assert.Equal(("%m/%d/%Y %H:%M", Cover.Rolling), (read.Fields["reported_at"].Format, read.Cover));
    Assert.Equal(mapping.Values["offense"].Codes["SUICIDE"], read.Values["offense"].Codes["SUICIDE"]);
    Assert.Equal(mapping.Header, read.Header);
    Assert.DoesNotContain("formats", written, StringComparison.OrdinalIgnoreCase);
  }

  [Fact]
  public void A_call_types_words_in_both_languages_are_kept() {
    var map = ValueProposal.For(Calls.Field("call_type"), Calls.Dataset, [("ROBBERY", 1)], ProposalContext.None);
    var (mapping, _) = Town.Propose();
    var read = MappingJson.Read(MappingJson.Write(mapping with { Values = new Dictionary<string, ValueMap> { ["call_type"] = map } }));
    Assert.Equal(map.Codes["ROBBERY"], read.Values["call_type"].Codes["ROBBERY"]);
  }

  [Fact]
  public void A_mapping_with_a_member_nobody_knows_is_refused() {
    var (mapping, _) = Town.Propose();
    var written = MappingJson.Write(mapping).Replace("\"keyRepeats\"", "\"keyRepeated\"", StringComparison.Ordinal);
    Assert.Throws<System.Text.Json.JsonException>(() => MappingJson.Read(written));
  }

  [Fact]
  public void The_report_says_what_feeds_what_and_what_is_left_out() {
    var (mapping, _) = Town.Propose();
    Catalog.Find("incidents", out var dataset, out var records);
    var report = string.Join('\n', MappingReport.Lines(mapping, dataset, records));
    Assert.Contains("incident_number  Case Number", report, StringComparison.Ordinal);
    Assert.Contains("reported_at      Report Date  (%m/%d/%Y %H:%M)", report, StringComparison.Ordinal);
    Assert.Contains("Key: Case Number.", report, StringComparison.Ordinal);
    Assert.Contains("Not used, never published: Officer Name.", report, StringComparison.Ordinal);
    Assert.DoesNotContain("Smith", report, StringComparison.Ordinal);
  }

  [Fact]
  public void Headers_are_held_against_each_other_column_by_column() {
    Assert.Empty(HeaderComparison.Between(["A", "B"], ["A", "B"]));
    Assert.Equal(["New: C (column 3)."], HeaderComparison.Between(["A", "B"], ["A", "B", "C"]));
    Assert.Equal(["Gone: B (was column 2)."], HeaderComparison.Between(["A", "B", "C"], ["A", "C"]));
    Assert.Equal(["Moved: A was column 1, and is column 2.", "Moved: B was column 2, and is column 1."],
      HeaderComparison.Between(["A", "B"], ["B", "A"]).Order(StringComparer.Ordinal));
    Assert.Equal(["Renamed: DateReported looks like Report_Date now."],
      HeaderComparison.Between(["Case", "DateReported"], ["Case", "Report_Date"]));
    Assert.Equal(["Renamed: Beat looks like Zone now."], HeaderComparison.Between(["Case", "Beat"], ["Case", "Zone"]));
  }

  [Theory]
  [InlineData("area", "0", true)]
  [InlineData("area", "12", false)]
  [InlineData("victim_age", "0", true)]
  [InlineData("cleared", "0", false)]
  [InlineData("latitude", "0.0", true)]
  [InlineData("offense", " unknown ", true)]
  [InlineData("offense", "n/a", true)]
  [InlineData("offense", "Burglary", false)]
  [InlineData("address", null, true)]
  public void A_placeholder_says_nothing_and_a_zero_only_where_it_cannot_be_a_value(string field, string? value, bool unknown) =>
    Assert.Equal(unknown, Placeholders.IsNotKnown(Incidents.Field(field), value));

  [Fact]
  public void Priority_zero_is_a_priority() => Assert.False(Placeholders.IsNotKnown(Calls.Field("priority"), "0"));

  [Theory]
  [InlineData("CMPLNT_FR_DT", "complaint from date")]
  [InlineData("IncidentID", "incident id")]
  [InlineData("receiveddttm", "receive date time")]
  [InlineData("RMSOccurrenceDate", "rms occur date")]
  [InlineData("DATE OCC", "date occur")]
  public void A_header_is_read_in_words(string header, string words) =>
    Assert.Equal(words, string.Join(' ', HeaderName.Of(header).Words));

  [Theory]
  [InlineData("Report_Date", "report date", 96, 100)]
  [InlineData("Date Reported", "report date", 90, 90)]
  [InlineData("Incident Address", "incident number", 0, 0)]
  [InlineData("Beat", "premise", 0, 0)]
  public void Names_are_alike_by_the_words_that_say_something(string one, string other, double least, double most) =>
    Assert.InRange(HeaderName.Of(one).Likeness(HeaderName.Of(other)), least, most);

  [Theory]
  [InlineData("POINT (-122.4 37.7)", "wkt", 37.7, -122.4)]
  [InlineData("(37.7, -122.4)", "latlon", 37.7, -122.4)]
  [InlineData("100 MAIN ST\nTOWN (37.7, -122.4)", "latlon", 37.7, -122.4)]
  public void A_point_in_one_column_feeds_both_degrees(string text, string format, double north, double east) {
    Assert.Equal(format, PointText.Format(new("location", 0, [text, text])));
    Assert.Equal((north, east), PointText.Read(text, format));
  }
}
