using Porchlight.Transparency.Mappings;

namespace Porchlight.Transparency.Tests.Mappings;

public sealed class ValueProposalTests {
  [Fact]
  public void The_settings_name_the_own_agency() {
    (string, long)[] values = [("SHERIFF", 10), ("Port Alder PD", 5), ("FIRE", 90)];
    var map = ValueProposal.For(Calls.Field("agency"), Calls.Dataset, values, new(null, ["port alder pd"]));
    Assert.Equal(("own", "other", "other"), (map.Codes["PORT ALDER PD"].Code, map.Codes["SHERIFF"].Code, map.Codes["FIRE"].Code));
    Assert.All(map.Codes.Values, v => Assert.True(v.Sure));
  }

  [Fact]
  public void Without_them_the_largest_police_is_a_guess_and_one_value_is_none() {
    var map = Calls.Map("agency", ("Municipal Transportation Agency", 575), ("Police", 1908), ("Sheriff", 66));
    Assert.Equal(("own", "other"), (map.Codes["POLICE"].Code, map.Codes["SHERIFF"].Code));
    Assert.Equal("own", Assert.Single(Calls.Map("agency", ("Anything", 3)).Codes).Value.Code);
    Assert.Empty(Calls.Map("agency", ("A", 30), ("B", 30), ("C", 30)).Codes);
  }

  [Theory]
  [InlineData("C,A,B", "A,B,C")]
  [InlineData("10,2,1", "1,2,10")]
  [InlineData("Low,High,Non-Emergency,Emergency,Medium", "EMERGENCY,HIGH,MEDIUM,LOW,NON-EMERGENCY")]
  [InlineData("Priority 3,Priority 0,Priority 1", "PRIORITY 0,PRIORITY 1,PRIORITY 3")]
  [InlineData("1,E,2", "E,1,2")]
  public void Priorities_stand_the_most_urgent_first(string values, string expected) {
    var map = Calls.Map("priority", [.. values.Split(',').Select(v => (v, 1L))]);
    Assert.Equal(expected.Split(','), map.Codes.OrderBy(c => c.Value.Order).Select(c => c.Key));
  }

  [Theory]
  [InlineData("Y", "yes")]
  [InlineData("false", "no")]
  [InlineData("1", "yes")]
  [InlineData("ONVIEW", "yes")]
  [InlineData("Officer-Initiated Incident", "yes")]
  [InlineData("911", "no")]
  [InlineData("ALARM CALL (NOT POLICE ALARM)", "no")]
  [InlineData("HSOC", null)]
  public void A_flag_that_says_neither_is_left_for_a_person(string value, string? code) {
    var field = Calls.Field("on_view");
    var map = Calls.Map("on_view", (value, 7));
    Assert.Equal(code, map.Codes.GetValueOrDefault(ValueProposal.Key(value))?.Code);
    Assert.Equal(code is null ? [(value.ToUpperInvariant(), 7L)] : [], ValueProposal.Unmapped(map, field, [(value, 7)]));
  }

  [Theory]
  [InlineData("CAN", "cancelled")]
  [InlineData("RESPONDING UNIT(S) CANCELLED BY RADIO", "cancelled")]
  [InlineData("DUPLICATED OR CANCELLED BY RADIO", "duplicate")]
  [InlineData("VOID", "void")]
  [InlineData("ARR", "kept")]
  public void Cancelled_and_duplicate_calls_leave_the_figures(string value, string code) =>
    Assert.Equal(code, Calls.Map("disposition", (value, 1)).Codes[ValueProposal.Key(value)].Code);

  [Fact]
  public void An_unfounded_report_is_no_crime_but_an_unfounded_call_was_answered() {
    Assert.Equal("unfounded", Incidents.Map("status", ("Unfounded", 1)).Codes["UNFOUNDED"].Code);
    Assert.Equal("kept", Calls.Map("disposition", ("Unfounded", 1)).Codes["UNFOUNDED"].Code);
  }

  [Fact]
  public void An_age_group_is_its_youngest() {
    var map = Incidents.Map("victim_age", ("<18", 1), ("18-24", 1), ("65+", 1), ("UNKNOWN", 1), ("-2", 1), ("940", 1));
    Assert.Equal(["18-24=18", "65+=65", "<18=0"], map.Codes.Select(c => $"{c.Key}={c.Value.Code}").Order(StringComparer.Ordinal));
  }

  [Fact]
  public void What_a_person_decided_stays_and_new_values_are_added() {
    var field = Incidents.Field("offense");
    var saved = new ValueMap(new Dictionary<string, MappedValue> { ["HIT AND RUN"] = new("90Z") });
    (string, long)[] values = [("Hit and Run", 5), ("Burglary", 3), ("Blarg", 2)];
    var map = ValueProposal.Extend(saved, field, Incidents.Dataset, values, ProposalContext.None);
    Assert.Equal(("90Z", "220"), (map.Codes["HIT AND RUN"].Code, map.Codes["BURGLARY"].Code));
    Assert.Equal([("BLARG", 2L)], ValueProposal.Unmapped(map, field, values));
  }

  [Fact]
  public void Codes_are_read_by_the_list_their_column_is_written_in() {
    var nibrs = Incidents.Map("offense", ("13A", 50), ("100", 2), ("9A", 1));
    Assert.Equal(("100", "09A"), (nibrs.Codes["100"].Code, nibrs.Codes["9A"].Code));
    // the old summary system, as Chicago's FBI codes
    var summary = Incidents.Map("offense", ("06", 50), ("08B", 20), ("14", 10), ("01A", 1));
    Assert.Equal(["06=23H", "08B=13B", "14=290", "01A=09A"], summary.Codes.Select(c => $"{c.Key}={c.Value.Code}"));
    // a department's own numbers are no NIBRS, even where some look alike
    Assert.Empty(Incidents.Map("offense", ("510", 50), ("624", 20), ("330", 10)).Codes);
  }

  [Fact]
  public void A_code_may_stand_before_its_words() {
    var map = Incidents.Map("offense", ("13A - Aggravated Assault", 1), ("23F: whatever", 1));
    Assert.Equal(("13A", "23F"), (map.Codes["13A - AGGRAVATED ASSAULT"].Code, map.Codes["23F: WHATEVER"].Code));
  }

  [Theory]
  [InlineData("MENTALLY DISTURBED", true)]
  [InlineData("MISSING JUVENILE", true)]
  [InlineData("SUICIDE ATTEMPT", true)]
  [InlineData("FIGHT NO WEAPON DV", true)]
  [InlineData("--DV - ARGUMENTS, DISTURBANCE (NO ARREST)", true)]
  [InlineData("OVERDOSE", true)]
  [InlineData("SEXUAL ASSAULT JUVE", true)]
  [InlineData("LEWD -  (EXPOSING, FLASHING)", true)]
  [InlineData("ELDERLY ABUSE", true)]
  [InlineData("OBS - DOA - CASUALTY, DEAD BODY", true)]
  [InlineData("CHILD - CRITICAL ABAND, ABUSE, MOLEST, NEGLECT", true)]
  [InlineData("RO Service", true)]
  [InlineData("TRAFFIC STOP", false)]
  [InlineData("SUSPICIOUS PERSON", false)]
  [InlineData("INJURY VEH ACCIDENT", false)]
  [InlineData("DEAD ANIMAL", false)]
  public void Kinds_of_calls_that_need_care_are_counted_for_the_city_only(string value, bool sensitive) =>
    Assert.Equal(sensitive, Calls.Map("call_type", (value, 1)).Codes[ValueProposal.Key(value)].Sensitive);

  [Theory]
  [InlineData("FIGHT NO WEAPON DV", "Fight without a weapon, domestic violence", "Pelea sin arma, violencia en el hogar")]
  [InlineData("TRAF VIOLATION CITE", "Traffic ticket", "Multa de tránsito")]
  [InlineData("BURG - OCCUPIED RESD", "Burglary: home, someone inside", "Robo en casa o local: casa, con alguien adentro")]
  [InlineData("STABBING DV", "Stabbing, domestic violence", "Apuñalamiento, violencia en el hogar")]
  [InlineData("MEET W/OFFICER", "Meet an officer", "Reunión con un agente")]
  [InlineData("LKI/LKO VEH", "Lki/lko vehicle", null)]
  public void A_kind_of_call_is_labelled_in_plain_words(string value, string english, string? spanish) {
    var label = Calls.Map("call_type", (value, 1)).Codes[value].Label!;
    Assert.Equal((english, spanish), (label.En, label.Es));
  }

  [Fact]
  public void A_kind_of_call_has_a_code_that_does_not_change_with_its_spaces() {
    var map = Calls.Map("call_type", ("--DISTURBANCE - OTHER", 1), ("Disturbance/Other", 1));
    Assert.All(map.Codes.Values, v => Assert.Equal("disturbance-other", v.Code));
  }
}
