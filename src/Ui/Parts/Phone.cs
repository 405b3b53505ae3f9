namespace Porchlight.Ui.Parts;

/// <summary>Phone numbers as links.</summary>
public static class Phone {
  /// <summary>"555-0142" as "tel:5550142".</summary>
  public static string Href(string phone) => "tel:" + string.Concat(phone.Where(c => char.IsAsciiDigit(c) || c == '+'));
}
