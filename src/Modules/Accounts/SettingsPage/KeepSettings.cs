using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Porchlight.Accounts.Data;
using Porchlight.Kernel;
using Porchlight.Kernel.Mail;
using Porchlight.Kernel.People;
using Porchlight.Kernel.Settings;
using Porchlight.Kernel.Trail;
using Porchlight.Ui;
using Porchlight.Ui.Forms;

namespace Porchlight.Accounts.SettingsPage;

/// <summary>What the department says once, changed by an administrator. Who changed what and when is on the trail.</summary>
internal static class KeepSettings {
  public static void Map(RouteGroupBuilder administrators) {
    administrators.MapGet("/settings", async (SettingStore store, string? told, CancellationToken ct) => Page(new(await SaidAsync(store, ct)), told == "saved"));
    administrators.MapPost("/settings", Save);
    administrators.MapPost("/settings/mail-test", TryMail);
  }

  private static async Task<IResult> Save(Form<SettingsForm> form, SettingStore store, UserManager<Person> people, HttpContext context, CancellationToken ct) {
    var said = SettingsForm.Fields.ToDictionary(f => f.Key, f => (string?)f.Property.GetValue(form.Values) ?? "");
    foreach (var (key, property) in SettingsForm.Fields)
      if (said[key].Length > 0 && SettingCatalog.Find(key)!.Refuses(said[key]) is { } toDo) form.Reject(toDo, property.Name);
    if (!form.IsValid) return Page(form);
    // a secret is never on the page: left empty, it stays
    foreach (var key in said.Keys.Where(k => SettingCatalog.Find(k)!.IsSecret && said[k].Length == 0).ToList()) said.Remove(key);
    // all were looked at: there is nothing left to refuse
    _ = await store.SetAsync(said, ct, Trails.ActorOf(await people.MeAsync(context)), context.Address());
    return SeeOther.To("/staff/settings?told=saved");
  }

  private static async Task<IResult> TryMail(
      Form<MailTestForm> form, SettingStore store, MailTest mail, UserManager<Person> people, StaffTrail trail, AccountsDb db, HttpContext context, CancellationToken ct) {
    if (form.IsStale) return SeeOther.To("/staff/settings");
    var me = await people.MeAsync(context);
    var refusal = await mail.TryAsync(me.Email!, ct);
    trail.AddOwn(me, Trails.MailTried, context, refusal is null ? TrailOutcome.Done : TrailOutcome.Failed, refusal?.English);
    await db.SaveAsync(ct);
    return Page(new(await SaidAsync(store, ct)), mail: refusal is null ? new(true, me.Email!) : new(false, (Words.IsSpanish ? refusal.Spanish : null) ?? refusal.English));
  }

  private static async Task<SettingsForm> SaidAsync(SettingStore store, CancellationToken ct) {
    var said = await store.LoadAsync(ct);
    SettingsForm values = new();
    foreach (var (key, property) in SettingsForm.Fields.Where(f => !SettingCatalog.Find(f.Key)!.IsSecret)) property.SetValue(values, said[key]);
    return values;
  }

  private static IResult Page(Form<SettingsForm> form, bool told = false, MailAnswerModel? mail = null) => Pages.Of<SettingsPage, SettingsModel>(new(form, told, mail), form.Status);
}
