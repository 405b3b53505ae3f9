namespace Porchlight.Kernel.Verbs;

/// <summary>A number with its word, for messages of verbs: "1 row", "1,204 rows". Pages have their own, in both languages.</summary>
public static class Amount {
  /// <param name="one">The word, or the words of the sentence that change with it: "row", "row is".</param>
  /// <param name="several">The same for any other number; <paramref name="one"/> and an s unless told.</param>
  public static string Of(long number, string one, string? several = null) => number == 1 ? $"1 {one}" : $"{number:N0} {several ?? one + "s"}";
}
