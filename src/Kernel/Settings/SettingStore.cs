using Microsoft.EntityFrameworkCore;
using Porchlight.Kernel.People;
using Porchlight.Kernel.Storage;
using Porchlight.Kernel.Trail;

namespace Porchlight.Kernel.Settings;

/// <summary>Reads and changes the department's settings.</summary>
public sealed class SettingStore(PlatformDb db, SettingSecrets secrets, StaffTrail trail, TimeProvider clock) {
  /// <summary>Everything the department has said.</summary>
  public async Task<DepartmentSettings> LoadAsync(CancellationToken ct) =>
    new(await db.Settings.AsNoTracking().ToDictionaryAsync(s => s.Key, s => s.Value, ct));

  /// <summary>Sets several at once, or none: the first that is not usable is returned as what to do. An empty value takes a setting back.</summary>
  /// <param name="values">By key.</param>
  /// <param name="ct">Stops it.</param>
  /// <param name="actor">Who says so, for the trail; the shell unless told.</param>
  /// <param name="from">The client's address.</param>
  public async Task<Problem?> SetAsync(IReadOnlyDictionary<string, string> values, CancellationToken ct, Actor? actor = null, string? from = null) {
    actor ??= Actor.Shell;
    foreach (var (key, value) in values) {
      if (SettingCatalog.Find(key) is not { } known)
        return new($"There is no setting \"{key}\". {Nearest(key)} `porchlight settings --help` lists them all.");
      if (value.Length > 0 && known.Refuses(value) is { } toDo) return new($"{key}: \"{value}\" is not usable. {toDo.English}");
    }
    // from here on nobody reads a secret, whatever is written about the change
    values = values.ToDictionary(v => v.Key, v => v.Value.Length > 0 && SettingCatalog.Find(v.Key)!.IsSecret ? secrets.Seal(v.Value) : v.Value);
    var stored = await db.Settings.ToDictionaryAsync(s => s.Key, ct);
    foreach (var (key, value) in values) {
      var before = stored.GetValueOrDefault(key)?.Value ?? "";
      if (value == before) continue;
      trail.Add(actor, "settings.changed", key, from: from, detail: $"{Shown(key, before)} -> {Shown(key, value)}");
      if (stored.TryGetValue(key, out var setting)) {
        if (value.Length == 0) db.Settings.Remove(setting);
        else if (setting.Value != value) (setting.Value, setting.ChangedAt) = (value, clock.GetUtcNow());
      } else if (value.Length > 0) {
        db.Settings.Add(new Setting { Key = key, Value = value, ChangedAt = clock.GetUtcNow() });
      }
    }
    await db.SaveChangesAsync(ct);
    return null;
  }

  // a secret is on the trail as set or not, never as what it is
  private static string Shown(string key, string value) => value.Length == 0 ? "(not set)" : SettingCatalog.Find(key)!.IsSecret ? "(secret)" : value;

  private static string Nearest(string key) {
    var near = SettingCatalog.All.MinBy(s => Distance(s.Key, key))!.Key;
    return Distance(near, key) <= 4 ? $"Did you mean \"{near}\"?" : "";
  }

  private static int Distance(string a, string b) {
    var row = Enumerable.Range(0, b.Length + 1).ToArray();
    for (var i = 1; i <= a.Length; i++) {
      var corner = row[0];
      row[0] = i;
      for (var j = 1; j <= b.Length; j++) {
        var here = Math.Min(Math.Min(row[j], row[j - 1]) + 1, corner + (a[i - 1] == b[j - 1] ? 0 : 1));
        (corner, row[j]) = (row[j], here);
      }
    }
    return row[b.Length];
  }
}
