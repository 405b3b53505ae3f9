using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Porchlight.Ui;

namespace Porchlight.Accounts.Home;

/// <summary>What waits for this person.</summary>
internal static class ShowStaffHome {
  public static void Map(RouteGroupBuilder staff) => staff.MapGet("", () => Pages.Of<StaffHomePage, StaffHomeModel>(new()));
}

/// <summary>The staff's home page.</summary>
public sealed record StaffHomeModel;
