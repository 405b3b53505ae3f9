using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Porchlight.Kernel.Storage;
using Porchlight.Kernel.Trail;
using Porchlight.Testing;

namespace Porchlight.Kernel.Tests.Trail;

public sealed class LongTrailTests(ITestOutputHelper output) {
  private const int Entries = 100_000;
  private static readonly Guid Seldom = new("00000000-0000-7000-8000-000000000001");
  private static CancellationToken Ct => TestContext.Current.CancellationToken;

  [Theory, OnBoth]
  public async Task All_of_a_hundred_thousand_entries_are_in_the_table_to_take_away_and_its_pages_are_timed(Provider provider) {
    await using var host = await TestHost.StartAsync(provider);
    await FillAsync(host, provider);
    var deep = (await FindAsync(host, new() { Until = host.Clock.GetUtcNow() })).Entries[^1].TrailEntryId;
    foreach (var (what, search, before) in ((string, TrailSearch, Guid?)[])[
        ("latest", new(), null), ("deep", new(), deep), ("a day", new() { Since = host.Clock.GetUtcNow().AddSeconds(-60_000), Until = host.Clock.GetUtcNow().AddSeconds(-50_000) }, null),
        ("one person", new() { ActorId = Seldom }, null), ("one action", new() { Action = "test.seldom" }, null), ("refused", new() { Outcome = TrailOutcome.Refused }, null),
        ("words found", new() { Text = "number 99" }, null), ("words found nowhere", new() { Text = "nowhere at all" }, null)]) {
      var times = new List<double>();
      for (var n = 0; n < 9; n++) {
        var began = Stopwatch.GetTimestamp();
        await FindAsync(host, search, before);
        times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
      }
      times.Sort();
      output.WriteLine($"{provider} {what}: median {times[4]:0.0} ms, worst {times[8]:0.0} ms");
    }
    var size = new Counting();
    var start = Stopwatch.GetTimestamp();
    await host.UseAsync((StaffTrail trail) => trail.WriteCsvAsync(new(), size, Ct));
    output.WriteLine($"{provider} table: {size.Bytes >> 20} MB in {Stopwatch.GetElapsedTime(start).TotalMilliseconds:0} ms");
    Assert.Equal(Entries + 1, size.Lines);
  }

  private static Task<TrailPage> FindAsync(TestHost host, TrailSearch search, Guid? before = null) =>
    host.UseAsync((StaffTrail trail) => trail.SearchAsync(search, before, 50, Ct));

  // one entry a second up to now, by the database itself
  private static Task FillAsync(TestHost host, Provider provider) => host.UseAsync((PlatformDb db) => db.InTurnAsync(() => db.Database.ExecuteSqlRawAsync(provider == Provider.Sqlite ? $"""
    WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {Entries - 1})
    INSERT INTO kernel_trail ("TrailEntryId", "At", "ActorId", "ActorName", "Action", "Subject", "From", "Outcome", "Detail", "Words")
    SELECT printf('%08X-0000-7000-8000-000000000000', i + 16), datetime('2026-03-04 15:00:00', '-' || ({Entries} - i) || ' seconds'),
      CASE WHEN i % 10000 = 0 THEN '{Seldom}' ELSE printf('00000000-0000-7000-8000-%012X', 2 + i % 40) END, 'Rosa', CASE WHEN i % 10000 = 0 THEN 'test.seldom' ELSE 'test.usual' END,
      'number ' || i, '192.0.2.7', CASE WHEN i % 500 = 0 THEN 'refused' ELSE 'done' END, 'a short text of what was done', 'test.usual' || char(10) || 'number ' || i || char(10) || 'rosa' || char(10) || 'a short text of what was done' FROM n
    """ : $"""
    INSERT INTO kernel_trail ("TrailEntryId", "At", "ActorId", "ActorName", "Action", "Subject", "From", "Outcome", "Detail", "Words")
    SELECT (lpad(to_hex(i + 16), 8, '0') || '-0000-7000-8000-000000000000')::uuid, timestamptz '2026-03-04 15:00:00Z' - ({Entries} - i) * interval '1 second',
      CASE WHEN i % 10000 = 0 THEN '{Seldom}' ELSE ('00000000-0000-7000-8000-' || lpad(to_hex(2 + i % 40), 12, '0')) END::uuid, 'Rosa', CASE WHEN i % 10000 = 0 THEN 'test.seldom' ELSE 'test.usual' END,
      'number ' || i, '192.0.2.7', CASE WHEN i % 500 = 0 THEN 'refused' ELSE 'done' END, 'a short text of what was done', E'test.usual\nnumber ' || i || E'\nrosa\na short text of what was done' FROM generate_series(0, {Entries - 1}) i;
    ANALYZE kernel_trail
    """, Ct), Ct));

  private sealed class Counting : Stream {
    public long Bytes { get; private set; }
    public long Lines { get; private set; }
    public override bool CanRead => false;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => Bytes;
    public override long Position { get => Bytes; set => throw new NotSupportedException(); }
    public override void Flush() { }
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) {
      Bytes += count;
      Lines += buffer.AsSpan(offset, count).Count((byte)'\n');
    }
  }
}
