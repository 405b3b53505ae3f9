using Microsoft.Extensions.DependencyInjection;
using Porchlight.Ui;

namespace Porchlight.Transparency.Home;

/// <summary>This module's entries in the menu and the footer of every page.</summary>
internal static class PublicMenu {
  public static IServiceCollection AddPublicMenu(this IServiceCollection services) => services
    .AddMenuItem(new("numbers", new("Numbers", "Cifras"), "/data", 10))
    .AddMenuItem(new("areas", new("Your neighborhood", "Su barrio"), "/data/areas", 20))
    .AddFooterLink(new(FooterGroup.CheckUs, new("Every edition", "Todas las ediciones"), "/data/editions", 10))
    .AddFooterLink(new(FooterGroup.CheckUs, new("What the words mean", "Diccionario de datos"), "/data/dictionary", 20));
}
