using Porchlight.Transparency.Datasets;
using Porchlight.Transparency.Mappings;

namespace Porchlight.Transparency.Tests.Mappings;

/// <summary>The exports this program was first held against. Skipped where <c>../shared/data</c> is not there.</summary>
public sealed class RealFileTests {
  private const string Eastern = "America/New_York";

  [Fact]
  public void Charlottesville_is_keyed_by_incident_and_its_first_file_is_local_time_in_spite_of_its_zone() {
    var (file, mapping, dataset, records) = Propose("incidents", "crime/charlottesville_crime_snapshot_2018-07-21.csv.gz",
      new(Eastern, []));
    Assert.Equal(["incident_number=IncidentID", "row_id=RecordID", "reported_at=DateReported", "reported_clock=HourReported",
      "offense=Offense", "address=BlockNumber+StreetName", "agency=Agency"], Fed(mapping));
    Assert.Equal(["incident_number"], mapping.Key);
    Assert.Equal(["RecordID"], mapping.OtherKeys);
    var reported = mapping.Fields["reported_at"];
    Assert.Equal(("%Y/%m/%d %H:%M:%S", true, OffsetMeaning.AsWritten), (reported.Format, reported.HasOffset, reported.Offset));
    Assert.Equal("hhmm", mapping.Fields["reported_clock"].Format);
    Assert.Equal("reported_at", mapping.EventTime);
    Assert.Equal(["CPD"], mapping.OwnAgency);
    var counts = Count(file, "Offense", mapping, dataset, records);
    Assert.Equal(12_987, counts["not-an-offense"]);
    Assert.Equal(0, counts.GetValueOrDefault("unmapped"));
    Assert.Equal((2666, 2006, 829, 696, 427), (counts["13B"], counts["290"], counts["220"], counts["23C"], counts["90D"]));
  }

  [Fact]
  public void Charlottesvilles_second_file_is_true_utc() {
    var (_, mapping, _, _) = Propose("incidents", "crime/charlottesville_crime_snapshot_2018-08-28.csv.gz", new(null, []));
    Assert.Equal(OffsetMeaning.True, mapping.Fields["reported_at"].Offset);
    Assert.Equal(Eastern, mapping.TimeZone);
  }

  [Theory]
  [InlineData("crime/charlottesville_crime_snapshot_2018-07-21.csv.gz", "HourReported", "reported_at", "AsWritten")]
  [InlineData("crime/charlottesville_crime_snapshot_2018-08-28.csv.gz", "HourReported", "reported_at", "True")]
  [InlineData("crime/dc_crime_incidents_2024_ytd.csv.gz", "SHIFT", "reported_at", "True")]
  public void Without_its_witness_a_clock_is_told_by_the_quiet_of_the_early_morning(
      string path, string witness, string field, string meaning) {
    var file = CsvSample.Real(path);
    Catalog.Find("incidents", out var dataset, out var records);
    var header = file.Header.Select(h => h == witness ? "Column1" : h).ToList();
    IReadOnlyList<string?[]> blind = [.. file.First(2000).Select(r => r.Select((c, at) => header[at] == "Column1" ? null : c).ToArray())];
    Assert.Null(MappingProposal.For(dataset, records, header, blind, new(Eastern, []), out var mapping));
    Assert.Equal(meaning, $"{mapping.Fields[field].Offset}");
    Assert.Contains(mapping.Unsure, u => u.Contains("that no hour beside it proves", StringComparison.Ordinal));
  }

  [Fact]
  public void Dc_has_a_row_a_victim_and_true_utc() {
    var (file, mapping, dataset, records) = Propose("incidents", "crime/dc_crime_incidents_2024_ytd.csv.gz", new(Eastern, []));
    Assert.Equal(["incident_number=CCN", "row_id=OBJECTID", "reported_at=REPORT_DAT", "occurred_at=START_DATE", "reported_clock=SHIFT",
      "offense=OFFENSE", "offense_detail=METHOD",
      "area=PSA", "latitude=LATITUDE", "longitude=LONGITUDE", "address=BLOCK"], Fed(mapping));
    Assert.True(mapping.KeyRepeats);
    Assert.Equal(OffsetMeaning.True, mapping.Fields["reported_at"].Offset);
    Assert.Equal(OffsetMeaning.True, mapping.Fields["occurred_at"].Offset);
    var counts = Count(file, "OFFENSE", mapping, dataset, records);
    Assert.Equal((2567, 1293, 995, 463, 180), (counts["23H"], counts["23F"], counts["240"], counts["120"], counts["13A"]));
  }

  [Fact]
  public void Chicagos_two_type_columns_together_name_the_offense() {
    var (file, mapping, dataset, records) = Propose("incidents", "crime/chicago_crimes_2011-08_to_2012-12.csv.gz", ProposalContext.None);
    Assert.Equal(["incident_number=Case Number", "row_id=ID", "occurred_at=Date", "offense=Primary Type+Description", "area=Beat",
      "latitude=Latitude", "longitude=Longitude",
      "address=Block", "domestic=Domestic", "cleared=Arrest"], Fed(mapping));
    Assert.Equal("%m/%d/%Y %I:%M:%S %p", mapping.Fields["occurred_at"].Format);
    var field = records["offense"];
    var map = ValueProposal.For(field, dataset, file.Counts("Primary Type", "Description"), ProposalContext.None);
    Assert.Equal("13A", map.Codes["BATTERY / AGGRAVATED: HANDGUN"].Code);
    Assert.True(map.Codes["BATTERY / DOMESTIC BATTERY SIMPLE"].Sensitive);
    Assert.Equal("240", map.Codes["MOTOR VEHICLE THEFT / THEFT/RECOVERY: AUTOMOBILE"].Code);
    Assert.Empty(ValueProposal.Unmapped(map, field, file.Counts("Primary Type", "Description")));
  }

  [Fact]
  public void San_Franciscos_calls_are_its_polices_own_and_its_sensitive_kinds_are_seen() {
    var (file, mapping, dataset, records) = Propose("calls", "cad/san_francisco_police_dispatched_calls_2026-01_part1.csv.gz",
      ProposalContext.None);
    Assert.Equal(["call_number=cad_number", "row_id=id", "received_at=received_datetime", "entered_at=entry_datetime",
      "dispatched_at=dispatch_datetime", "en_route_at=enroute_datetime",
      "on_scene_at=onscene_datetime", "closed_at=close_datetime", "call_type=call_type_final_desc",
      "call_type_original=call_type_original_desc", "priority=priority_final", "agency=agency",
      "on_view=onview_flag", "sensitive=sensitive_call", "disposition=disposition", "area=police_district",
      "latitude=intersection_point", "longitude=intersection_point",
      "address=intersection_name", "narrative=call_type_final_notes"], Fed(mapping));
    Assert.Equal("%Y/%m/%d %I:%M:%S %p", mapping.Fields["received_at"].Format);
    Assert.Equal("wkt", mapping.Fields["latitude"].Format);
    Assert.Equal(["POLICE"], mapping.OwnAgency);
    var types = ValueProposal.For(records["call_type"], dataset, file.Counts("call_type_final_desc"), ProposalContext.None);
    Assert.True(types.Codes["MENTALLY DISTURBED"].Sensitive && types.Codes["MISSING JUVENILE"].Sensitive);
    Assert.False(types.Codes["TRAFFIC STOP"].Sensitive);
    var onView = ValueProposal.For(records["on_view"], dataset, file.Counts("onview_flag"), ProposalContext.None);
    Assert.Equal(("HSOC", 77L), Assert.Single(ValueProposal.Unmapped(onView, records["on_view"], file.Counts("onview_flag"))));
    var ended = ValueProposal.For(records["disposition"], dataset, file.Counts("disposition"), ProposalContext.None);
    Assert.Equal(("cancelled", "duplicate", "kept"), (ended.Codes["CAN"].Code, ended.Codes["DUP"].Code, ended.Codes["HAN"].Code));
    var priorities = ValueProposal.For(records["priority"], dataset, file.Counts("priority_final"), ProposalContext.None);
    Assert.Equal(["A", "B", "C"], priorities.Codes.OrderBy(c => c.Value.Order).Select(c => c.Key));
  }

  [Fact]
  public void Seattles_call_type_says_who_started_the_call() {
    var (file, mapping, dataset, records) = Propose("calls", "cad/seattle_spd_calls_one_area_2018-2023.csv", ProposalContext.None);
    Assert.Equal(["call_number=CAD Event Number", "received_at=Original Time Queued", "on_scene_at=Arrived Time",
      "call_type=Final Call Type", "call_type_original=Initial Call Type",
      "priority=Priority", "on_view=Call Type", "disposition=Event Clearance Description", "area=Beat", "latitude=Blurred_Latitude",
      "longitude=Blurred_Longitude"], Fed(mapping));
    Assert.Equal("%m/%d/%Y %I:%M:%S %p", mapping.Fields["received_at"].Format);
    var onView = ValueProposal.For(records["on_view"], dataset, file.Counts("Call Type"), ProposalContext.None);
    Assert.Equal(("yes", "no", "no"), (onView.Codes["ONVIEW"].Code, onView.Codes["911"].Code,
      onView.Codes["TELEPHONE OTHER, NOT 911"].Code));
  }

  private static IEnumerable<string> Fed(SourceMapping mapping) =>
    mapping.Fields.Select(f => $"{f.Key}={string.Join('+', f.Value.Columns)}");

  private static (CsvSample File, SourceMapping Mapping, DatasetDeclaration Dataset, RecordType Records) Propose(
      string name, string path, ProposalContext context) {
    var file = CsvSample.Real(path);
    Assert.Null(Catalog.Find(name, out var dataset, out var records));
    Assert.Null(MappingProposal.For(dataset, records, file.Header, file.First(2000), context, out var mapping));
    return (file, mapping, dataset, records);
  }

  private static Dictionary<string, long> Count(
      CsvSample file, string column, SourceMapping mapping, DatasetDeclaration dataset, RecordType records) {
    Assert.Equal([column], mapping.Fields["offense"].Columns);
    var map = ValueProposal.For(records["offense"], dataset, file.Counts(column), ProposalContext.None);
    return file.Counts(column).GroupBy(c => map.Codes.GetValueOrDefault(ValueProposal.Key(c.Value))?.Code ?? "unmapped")
      .ToDictionary(g => g.Key, g => g.Sum(c => c.Rows));
  }
}
