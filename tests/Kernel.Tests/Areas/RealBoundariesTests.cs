using Porchlight.Kernel.Areas;
using Porchlight.Testing;

namespace Porchlight.Kernel.Tests.Areas;

/// <summary>Boundaries as cities publish them.</summary>
public sealed class RealBoundariesTests {
  private static readonly DateOnly Redrawn = new(2012, 12, 19);

  [Fact]
  public async Task Chicago_s_two_maps_are_two_versions_and_most_beats_are_the_same_ground() {
    var (oldFile, newFile) = (Repository.SharedData("boundaries", "chicago_police_beats_before_2012-12-19.geojson.gz"), Repository.SharedData("boundaries", "chicago_police_beats.geojson.gz"));
    await using var host = await TestHost.StartAsync();
    var before = await Import(host, oldFile, null);
    var after = await Import(host, newFile, Redrawn);
    Assert.Equal(("BEAT_NUM", "DISTRICT", 281, 278), (before.Columns.Code, before.Columns.District, before.Features, before.Areas));
    Assert.Equal(("BEAT_NUM", "DISTRICT", 277, 275), (after.Columns.Code, after.Columns.District, after.Features, after.Areas));
    var atlas = await Atlas(host);
    // City Hall, 121 N LaSalle Street
    Assert.Equal("0122", atlas.MapOn(Redrawn)!.Place(-87.6317, 41.8838)!.Code);
    Assert.Equal(atlas.MapOn(Redrawn)!.Find("0122"), atlas.MapOn(Redrawn)!.Find("122"));
    var same = AreaAtlas.SameAreas(atlas.Maps[0], atlas.Maps[1]);
    Assert.Equal(257, same.Count);
  }

  [Fact]
  public async Task Seattle_s_beats_have_their_precinct_and_place_the_Space_Needle() {
    await using var host = await TestHost.StartAsync();
    var result = await Import(host, Repository.SharedData("boundaries", "seattle_police_beats.geojson.gz"), null);
    Assert.Equal(("beat", "first_prec", 55), (result.Columns.Code, result.Columns.District, result.Areas));
    Assert.Equal("Q3", (await Atlas(host)).Latest!.Place(-122.3493, 47.6205)?.Code);
  }

  [Fact]
  public async Task Philadelphia_s_districts_bring_their_population() {
    await using var host = await TestHost.StartAsync();
    var result = await Import(host, Repository.SharedData("boundaries", "philadelphia_police_districts_demographics.geojson"), null);
    Assert.Equal(("DIST_NU", "pop_sum", 22), (result.Columns.Code, result.Columns.Population, result.Areas));
    Assert.Equal(39164, (await Atlas(host)).Latest!.Find("01")!.Population);
  }

  [Fact]
  public async Task Philadelphia_s_census_tracts_read_too() {
    await using var host = await TestHost.StartAsync();
    var result = await Import(host, Repository.SharedData("boundaries", "philadelphia_census_tracts_population.geojson.gz"), null);
    Assert.Equal(("GEOID", "total_pop", 408), (result.Columns.Code, result.Columns.Population, result.Areas));
  }

  private static async Task<AreaImportResult> Import(TestHost host, string file, DateOnly? from) {
    await using var stream = File.OpenRead(file);
    return await host.UseAsync((AreaStore store) => store.ImportAsync(stream, from, AreaColumns.Proposed, default));
  }

  private static Task<AreaAtlas> Atlas(TestHost host) => host.UseAsync((AreaStore store) => store.LoadAtlasAsync(default));
}
