using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using System.Resources;

namespace Porchlight.Ui.Wording;

/// <summary>
/// The words of one project in the language of this request: its <c>Texts.resx</c> (English) and <c>Texts.es.resx</c> (Spanish).
/// Both are whole: a key missing from either is an exception, never the other language's text.
/// </summary>
public sealed class Texts {
  private static readonly ConcurrentDictionary<Assembly, Texts> Held = new();
  private readonly string _project;
  private readonly FrozenDictionary<string, string> _english;
  private readonly FrozenDictionary<string, string> _spanish;

  private Texts(Assembly assembly) {
    _project = assembly.GetName().Name!;
    var resource = assembly.GetManifestResourceNames().FirstOrDefault(n => n.EndsWith(".Texts.resources", StringComparison.Ordinal))
      ?? throw new InvalidOperationException($"{_project} has no Texts.resx beside its project file.");
    var manager = new ResourceManager(resource[..^".resources".Length], assembly);
    _english = Read(manager, CultureInfo.InvariantCulture);
    _spanish = Read(manager, CultureInfo.GetCultureInfo("es"));
  }

  /// <summary>The words of the project a type belongs to.</summary>
  public static Texts Of(Type type) => Held.GetOrAdd(type.Assembly, assembly => new Texts(assembly));

  /// <summary>A text, with {0}, {1} filled in. Whole numbers are written with their commas; format anything else with <see cref="Fmt"/> first.</summary>
  /// <exception cref="KeyNotFoundException">The key is missing in this language.</exception>
  public string this[string key, params object?[] values] {
    get {
      var words = Words.IsSpanish ? _spanish : _english;
      if (!words.TryGetValue(key, out var text))
        throw new KeyNotFoundException($"{_project}: Texts{(Words.IsSpanish ? ".es" : "")}.resx has no \"{key}\".");
      return values.Length == 0 ? text : string.Format(CultureInfo.InvariantCulture, text, [.. values.Select(Written)]);
    }
  }

  /// <summary>A text that counts: <c>key.one</c> for exactly one, else <c>key.many</c>; {0} is the number, {1} and on the other values.</summary>
  public string Count(string key, long count, params object?[] values) => this[$"{key}.{(count == 1 ? "one" : "many")}", [count, .. values]];

  /// <summary>Whether the project has this key in both languages.</summary>
  public bool Has(string key) => _english.ContainsKey(key) && _spanish.ContainsKey(key);

  private static object? Written(object? value) => value is int or long ? Fmt.Number(Convert.ToInt64(value, CultureInfo.InvariantCulture)) : value;

  private static FrozenDictionary<string, string> Read(ResourceManager manager, CultureInfo culture) {
    var set = manager.GetResourceSet(culture, createIfNotExists: true, tryParents: false);
    return (set?.Cast<System.Collections.DictionaryEntry>() ?? []).ToFrozenDictionary(e => (string)e.Key, e => (string)e.Value!);
  }
}
