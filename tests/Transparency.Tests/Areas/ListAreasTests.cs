using Porchlight.Transparency.Areas;
using Porchlight.Transparency.Figures;

namespace Porchlight.Transparency.Tests.Areas;

public sealed class ListAreasTests {
  private static readonly AreaList Areas = new(MadeUp.Crime(), null);
  private static readonly Dictionary<string, Pair> Crimes = new() { ["B12"] = new(331, 378) };

  [Fact]
  public void A_code_is_found_however_it_is_typed_also_one_of_an_earlier_map() {
    Assert.Equal("B12", Areas.Find(" b12 ")!.Code);
    Assert.Equal(MadeUp.OldBeat, Areas.Find("0714 until 2023-02-28"));
    Assert.Null(Areas.Find("Z99"));
    Assert.Null(new AreaList(null, null).Find("B12"));
  }

  [Fact]
  public void Without_a_map_every_area_is_in_the_list_by_name_with_district_and_residents() {
    var model = ListAreas.Show(Areas, "Z99", Crimes);
    Assert.Equal("Z99", model.Unknown);
    Assert.Equal([["Downtown", "Harbor", "10,360", "0"], ["Linden Park", "Eastside", "9,640", "331"], ["Quarry", "Northside", "210", "0"]],
      model.List!.Rows.Select(r => r.Cells.Select(c => c.Text)));
    Assert.Equal("/data/areas/B12", model.List.Rows[1].Cells[0].Href);
    Assert.EndsWith("Crimes counted: January to September 2025.", model.List.Note, StringComparison.Ordinal);
    Assert.Null(model.Map);
  }

  [Fact]
  public void Areas_of_earlier_maps_stand_apart_with_their_last_day() {
    var row = ListAreas.Show(Areas, null, Crimes).Earlier!.Rows.Single();
    Assert.Equal(["0714", "Feb 28, 2023"], row.Cells.Select(c => c.Text));
    Assert.Equal("/data/areas/0714%20until%202023-02-28", row.Cells[0].Href);
  }

  [Fact]
  public void Before_anything_is_published_there_is_no_list() {
    var model = ListAreas.Show(new(null, null), null, Crimes);
    Assert.Empty(model.Areas);
    Assert.Null(model.List);
    Assert.Null(model.Earlier);
  }
}
