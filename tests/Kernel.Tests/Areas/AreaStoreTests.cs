using Microsoft.EntityFrameworkCore;
using Porchlight.Kernel.Areas;
using Porchlight.Kernel.Storage;
using Porchlight.Testing;

namespace Porchlight.Kernel.Tests.Areas;

public sealed class AreaStoreTests {
  private static readonly DateOnly First = new(2010, 1, 1), Later = new(2012, 12, 19);

  [Theory, OnBoth]
  public async Task A_day_has_the_version_that_holds_then(Provider provider) {
    await using var host = await TestHost.StartAsync(provider);
    await Import(host, First, Beats("A1", "A2"));
    await Import(host, Later, Beats("A1", "A2", "A3"));
    var atlas = await Atlas(host);
    Assert.Equal([First, Later], atlas.Maps.Select(m => m.HoldsFrom));
    Assert.Null(atlas.MapOn(First.AddDays(-1)));
    Assert.Equal(2, atlas.MapOn(Later.AddDays(-1))!.Areas.Count);
    Assert.Equal(3, atlas.MapOn(Later)!.Areas.Count);
    Assert.Same(atlas.MapOn(new(2030, 1, 1)), atlas.Latest);
  }

  [Theory, OnBoth]
  public async Task The_same_areas_for_the_same_day_change_nothing(Provider provider) {
    await using var host = await TestHost.StartAsync(provider);
    Assert.Equal(AreaImportOutcome.Added, (await Import(host, First, Beats("A1", "A2"))).Outcome);
    var before = await Atlas(host);
    Assert.Equal(AreaImportOutcome.Unchanged, (await Import(host, First, GeoJson.Packed(new StreamReader(Beats("A1", "A2")).ReadToEnd()))).Outcome);
    Assert.Same(before, await Atlas(host));
  }

  [Theory, OnBoth]
  public async Task Other_areas_for_the_same_day_are_a_correction_and_touch_no_other_day(Provider provider) {
    await using var host = await TestHost.StartAsync(provider);
    await Import(host, First, Beats("A1"));
    await Import(host, Later, Beats("A1", "A2"));
    var before = await Atlas(host);
    Assert.Equal(AreaImportOutcome.Corrected, (await Import(host, Later, Beats("A1", "B2"))).Outcome);
    var after = await Atlas(host);
    Assert.Equal(["A1", "B2"], after.Latest!.Areas.Select(a => a.Code));
    Assert.Equal(before.Maps[0].MapId, after.Maps[0].MapId);
    Assert.NotEqual(before.Latest!.MapId, after.Latest.MapId);
    Assert.Equal(3, await host.UseAsync((PlatformDb db) => db.Set<AreaRow>().CountAsync())); // the replaced rows are gone
  }

  [Theory, OnBoth]
  public async Task A_first_version_without_a_day_holds_always_and_a_second_must_say_its_day(Provider provider) {
    await using var host = await TestHost.StartAsync(provider);
    Assert.Equal(DateOnly.MinValue, (await Import(host, null, Beats("A1"))).HoldsFrom);
    Assert.Equal(AreaImportOutcome.Unchanged, (await Import(host, null, Beats("A1"))).Outcome);
    var refused = await Assert.ThrowsAsync<RefusedException>(() => Import(host, null, Beats("A1", "A2")));
    Assert.Contains("Say from which day these hold", refused.Message, StringComparison.Ordinal);
    Assert.Single((await Atlas(host)).MapOn(new(1900, 1, 1))!.Areas);
  }

  [Theory, OnBoth]
  public async Task A_file_that_is_refused_leaves_what_was_there(Provider provider) {
    await using var host = await TestHost.StartAsync(provider);
    await Import(host, First, Beats("A1"));
    await Assert.ThrowsAsync<RefusedException>(() => Import(host, First, GeoJson.Bytes("no")));
    Assert.Equal("A1", Assert.Single((await Atlas(host)).Latest!.Areas).Code);
  }

  [Fact]
  public async Task An_import_by_another_process_is_seen_by_the_next_to_ask() {
    await using var host = await TestHost.StartAsync();
    Assert.Empty((await Atlas(host)).Maps);
    await host.UseAsync((PlatformDb db) => new AreaStore(db, new AtlasOnHand(), host.Clock).ImportAsync(Beats("A1"), First, AreaColumns.Proposed, default));
    Assert.Single((await Atlas(host)).Maps);
  }

  [Fact]
  public async Task A_point_is_in_the_area_around_it_and_on_a_shared_border_in_the_first_by_code() {
    await using var host = await TestHost.StartAsync();
    await Import(host, First, GeoJson.File(GeoJson.Square(0, 0, 1, new { beat = "B" }), GeoJson.Square(1, 0, 1, new { beat = "A" }),
      GeoJson.Feature(new { type = "Polygon", coordinates = new[] { GeoJson.Ring(5, 5, 1), GeoJson.Ring(5.4, 5.4, 0.2) } }, new { beat = "C" })));
    var map = (await Atlas(host)).Latest!;
    Assert.Equal(["B", "A", "A", null, null, "C"], new[] { (0.5, 0.5), (1.5, 0.5), (1.0, 0.5), (3.0, 0.5), (5.5, 5.5), (5.1, 5.1) }.Select(p => map.Place(p.Item1, p.Item2)?.Code));
  }

  [Fact]
  public async Task Many_threads_may_place_points_on_one_map() {
    await using var host = await TestHost.StartAsync();
    await Import(host, First, GeoJson.File([.. Enumerable.Range(0, 100).Select(n => GeoJson.Square(n % 10, n / 10, 1, new { beat = $"{n}" }))]));
    var map = (await Atlas(host)).Latest!;
    Parallel.For(0, 20_000, i => {
      var n = i % 100;
      Assert.Equal($"{n}", map.Place(n % 10 + 0.5, n / 10 + 0.5)!.Code);
    });
  }

  [Fact]
  public async Task A_code_is_found_however_a_record_writes_it() {
    await using var host = await TestHost.StartAsync();
    await Import(host, First, Beats("0714", "b12"));
    var map = (await Atlas(host)).Latest!;
    Assert.Equal("0714", map.Find("714")!.Code);
    Assert.Equal("0714", map.Find(" 00714")!.Code);
    Assert.Equal("b12", map.Find("B12")!.Code);
    Assert.Null(map.Find("7141"));
    Assert.Null(map.Find(""));
  }

  [Fact]
  public async Task An_area_is_the_same_where_under_two_hundredths_of_its_ground_changed() {
    await using var host = await TestHost.StartAsync();
    await Import(host, First, GeoJson.File(GeoJson.Square(0, 0, 1, new { beat = "same" }), GeoJson.Square(2, 0, 1, new { beat = "redrawn" }), GeoJson.Square(4, 0, 1, new { beat = "grown" }),
      GeoJson.Square(6, 0, 1, new { beat = "moved" }), GeoJson.Square(8, 0, 1, new { beat = "gone" })));
    await Import(host, Later, GeoJson.File(GeoJson.Square(0, 0, 1, new { beat = "SAME" }), GeoJson.Square(2.004, 0, 1, new { beat = "redrawn" }), GeoJson.Square(4, 0, 1.02, new { beat = "grown" }),
      GeoJson.Square(7, 0, 1, new { beat = "moved" }), GeoJson.Square(9, 0, 1, new { beat = "new" })));
    var maps = (await Atlas(host)).Maps;
    Assert.Equal(["SAME", "redrawn"], AreaAtlas.SameAreas(maps[0], maps[1]).Order(StringComparer.Ordinal));
  }

  private static Stream Beats(params string[] codes) => GeoJson.File([.. codes.Select((code, n) => GeoJson.Square(n, 0, properties: new { beat = code }))]);
  private static Task<AreaImportResult> Import(TestHost host, DateOnly? from, Stream file) => host.UseAsync((AreaStore store) => store.ImportAsync(file, from, AreaColumns.Proposed, default));
  private static Task<AreaAtlas> Atlas(TestHost host) => host.UseAsync((AreaStore store) => store.LoadAtlasAsync(default));
}
