namespace Porchlight.Ui.Layout;

/// <summary>Joins class names.</summary>
internal static class Css {
  /// <summary>The names given, without the nulls; null where none is left, so that no empty attribute is written.</summary>
  public static string? Of(params ReadOnlySpan<string?> names) {
    var joined = string.Join(' ', names.ToArray().Where(n => n is not null));
    return joined.Length == 0 ? null : joined;
  }
}
