using System.Reflection;
using System.Xml.Linq;
using Microsoft.AspNetCore.Components;
using Porchlight.Host;
using Porchlight.Kernel.Modules;
using Porchlight.Testing;

namespace Porchlight.Architecture.Tests;

/// <summary>Law 2: a module exports only its IModule, its components, their *Form and *Model records, and the types those are made of.</summary>
public sealed class ExportsTests {
  [Fact]
  public void Every_module_exports_its_door_and_what_its_pages_are_made_of_and_nothing_else() =>
    Assert.All(ModuleList.All, module => Assert.Empty(Exports.Broken(module.GetType().Assembly.GetExportedTypes())));

  [Fact]
  public void An_exported_entity_or_service_is_reported() =>
    Assert.Equal(["Entity", "NotARecordForm", "Service"], Exports.Broken(typeof(Made).GetNestedTypes()).Order());

  [Fact]
  public void A_form_may_bring_the_types_it_is_made_of() =>
    Assert.Empty(Exports.Broken([typeof(Made.RsvpForm), typeof(Made.Guest), typeof(Made.Diet), typeof(Made.Page)]));

  [Fact]
  public void Internals_of_the_house_are_visible_to_tests_and_benchmarks_only() =>
    Assert.Empty(Exports.SeenFromOutside(Sources.Files(Repository.Root, "*.csproj").Where(f => f.StartsWith("src/", StringComparison.Ordinal))
      .Select(f => (f, XDocument.Load(Repository.At(f))))));

  [Fact]
  public void Internals_shown_to_another_module_are_reported() =>
    Assert.Equal(["src/Modules/Tips/Tips.csproj shows its internals to Porchlight.Accounts."], Exports.SeenFromOutside([("src/Modules/Tips/Tips.csproj",
      XDocument.Parse("<Project><ItemGroup><InternalsVisibleTo Include='Porchlight.Accounts'/><InternalsVisibleTo Include='Porchlight.Tips.Tests'/></ItemGroup></Project>"))]));

  /// <summary>A made-up module's types.</summary>
  public static class Made {
    public sealed record RsvpForm(string Name, IReadOnlyList<Guest> Guests);
    public sealed record Guest(string Name, Diet? Diet);
    public enum Diet { Any, Halal }
    public sealed class Page : ComponentBase;
    public sealed class NotARecordForm;
    public sealed class Entity;
    public sealed class Service;
  }
}

internal static class Exports {
  public static IReadOnlyList<string> Broken(IReadOnlyCollection<Type> exported) {
    var allowed = new HashSet<Type>();
    foreach (var type in exported.Where(IsAllowed)) Allow(type, exported, allowed);
    return [.. exported.Except(allowed).Select(t => t.Name)];
  }

  public static IReadOnlyList<string> SeenFromOutside(IEnumerable<(string Path, XDocument Project)> projects) =>
    [.. projects.SelectMany(p => p.Project.Descendants("InternalsVisibleTo").Select(i => i.Attribute("Include")!.Value)
      .Where(friend => !friend.EndsWith(".Tests", StringComparison.Ordinal) && friend is not ("Porchlight.Testing" or "Porchlight.Bench"))
      .Select(friend => $"{p.Path} shows its internals to {friend}."))];

  private static bool IsAllowed(Type type) =>
    typeof(IModule).IsAssignableFrom(type) || typeof(IComponent).IsAssignableFrom(type)
    || type.Name == "_Imports" // made by the Razor compiler from _Imports.razor
    || (IsRecord(type) && (type.Name.EndsWith("Form", StringComparison.Ordinal) || type.Name.EndsWith("Model", StringComparison.Ordinal)));

  private static bool IsRecord(Type type) => type.GetMethod("<Clone>$") is not null;

  // what a form, model or component shows of itself, and what that shows, and so on
  private static void Allow(Type type, IReadOnlyCollection<Type> exported, HashSet<Type> allowed) {
    foreach (var part in Parts(type)) Allow(part, exported, allowed);
    if (!exported.Contains(type) || !allowed.Add(type) || typeof(IModule).IsAssignableFrom(type)) return;
    foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static)) Allow(property.PropertyType, exported, allowed);
    foreach (var parameter in type.GetConstructors().SelectMany(c => c.GetParameters())) Allow(parameter.ParameterType, exported, allowed);
    if (type.BaseType is { } parent) Allow(parent, exported, allowed);
  }

  private static IEnumerable<Type> Parts(Type type) =>
    type.HasElementType ? [type.GetElementType()!] : type.IsGenericType && !type.IsGenericTypeDefinition ? [type.GetGenericTypeDefinition(), .. type.GetGenericArguments()] : [];
}
