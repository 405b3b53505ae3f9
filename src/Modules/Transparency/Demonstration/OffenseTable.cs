namespace Porchlight.Transparency.Demonstration;

/// <summary>Where a kind of offense happens.</summary>
internal enum Scene { Home, Street, Shop, Anywhere }

/// <summary>One offense code of the records system.</summary>
/// <param name="Code">NIBRS code, or the records system's own word for what is no offense.</param>
/// <param name="Name">NIBRS's name for it.</param>
/// <param name="Weight">How often, beside the others of its kind.</param>
internal sealed record Offense(string Code, string Name, double Weight, Scene Scene);

/// <summary>What is known of a kind of crime beyond its count.</summary>
/// <param name="Rhythm">When it is reported.</param>
/// <param name="Delay">Median hours between the crime and the report.</param>
/// <param name="Cleared">Share cleared, most by arrest.</param>
/// <param name="Domestic">Share marked as violence in the home.</param>
/// <param name="Victim">Whether the report names a person as the victim: then it has an age.</param>
/// <param name="Codes">The offenses it is made of.</param>
internal sealed record CrimeTraits(
    Crime Crime, LocalTimes.Rhythm Rhythm, double Delay, double Cleared, double Domestic, bool Victim, Offense[] Codes) {
  public Weighted<Offense> Offenses { get; } = new(Codes, o => o.Weight);
}

/// <summary>
/// Codes and names are NIBRS 2019.1's (Datasets/Codes/nibrs.csv). Shares and delays are invented, near what departments' open data shows.
/// The domestic share is far below a real city's, so that the beats of the demonstration stay near the mock's figures.
/// </summary>
internal static class OffenseTable {
  /// <summary>By <see cref="Crime"/>.</summary>
  public static readonly IReadOnlyList<CrimeTraits> Crimes = [
    new(Crime.Theft, LocalTimes.Day, 9, 0.12, 0, true, [
      new("23A", "Pocket-picking", 2, Scene.Street), new("23B", "Purse-snatching", 1, Scene.Street),
      new("23C", "Shoplifting", 24, Scene.Shop),
      new("23D", "Theft From Building", 12, Scene.Anywhere), new("23E", "Theft From Coin-Operated Machine or Device", 1, Scene.Shop),
      new("23F", "Theft From Motor Vehicle", 33, Scene.Street), new("23G", "Theft of Motor Vehicle Parts or Accessories", 9, Scene.Street),
      new("23H", "All Other Larceny", 18, Scene.Anywhere)]),
    new(Crime.Vandalism, LocalTimes.Day, 8, 0.11, 0.02, true, [new("290", "Destruction/Damage/Vandalism of Property", 1, Scene.Anywhere)]),
    new(Crime.CarTheft, LocalTimes.Day, 7, 0.09, 0, true, [new("240", "Motor Vehicle Theft", 1, Scene.Street)]),
    new(Crime.Burglary, LocalTimes.Day, 9, 0.13, 0.01, true, [new("220", "Burglary/Breaking & Entering", 1, Scene.Anywhere)]),
    new(Crime.Fraud, LocalTimes.Day, 200, 0.08, 0, true, [
      new("26A", "False Pretenses/Swindle/Confidence Game", 30, Scene.Anywhere),
      new("26B", "Credit Card/Automated Teller Machine Fraud", 22, Scene.Shop), new("26C", "Impersonation", 8, Scene.Home),
      new("26E", "Wire Fraud", 6, Scene.Home), new("26F", "Identity Theft", 20, Scene.Home),
      new("26G", "Hacking/Computer Invasion", 2, Scene.Home), new("250", "Counterfeiting/Forgery", 9, Scene.Shop),
      new("270", "Embezzlement", 3, Scene.Shop)]),
    new(Crime.Robbery, LocalTimes.Night, 0.3, 0.29, 0.01, true, [new("120", "Robbery", 1, Scene.Street)]),
    new(Crime.OtherProperty, LocalTimes.Night, 4, 0.35, 0, false, [
      new("280", "Stolen Property Offenses", 62, Scene.Street), new("200", "Arson", 28, Scene.Anywhere),
      new("210", "Extortion/Blackmail", 10, Scene.Home)]),
    new(Crime.SimpleAssault, LocalTimes.Night, 0.5, 0.46, 0.12, true, [new("13B", "Simple Assault", 1, Scene.Anywhere)]),
    new(Crime.Threats, LocalTimes.Night, 3, 0.32, 0.06, true, [new("13C", "Intimidation", 1, Scene.Anywhere)]),
    new(Crime.AggravatedAssault, LocalTimes.Night, 0.4, 0.52, 0.08, true, [new("13A", "Aggravated Assault", 1, Scene.Street)]),
    new(Crime.SexOffense, LocalTimes.Day, 90, 0.21, 0.1, true, [
      new("11A", "Rape", 52, Scene.Home), new("11B", "Sodomy", 6, Scene.Home), new("11C", "Sexual Assault With An Object", 4, Scene.Home),
      new("11D", "Fondling", 32, Scene.Anywhere), new("36B", "Statutory Rape", 6, Scene.Home)]),
    new(Crime.Kidnapping, LocalTimes.Night, 1, 0.6, 0.3, true, [new("100", "Kidnapping/Abduction", 1, Scene.Street)]),
    new(Crime.Homicide, LocalTimes.Night, 0.4, 0.7, 0, true, [
      new("09A", "Murder & Nonnegligent Manslaughter", 9, Scene.Street), new("09B", "Negligent Manslaughter", 1, Scene.Street)]),
    new(Crime.Drugs, LocalTimes.Patrol, 0.1, 0.78, 0, false, [
      new("35A", "Drug/Narcotic Violations", 72, Scene.Street), new("35B", "Drug Equipment Violations", 28, Scene.Street)]),
    new(Crime.Weapons, LocalTimes.Night, 0.1, 0.66, 0, false, [new("520", "Weapon Law Violations", 1, Scene.Street)]),
    new(Crime.OtherSociety, LocalTimes.Patrol, 2, 0.55, 0, false, [
      new("720", "Animal Cruelty", 34, Scene.Home), new("370", "Pornography/Obscene Material", 22, Scene.Home),
      new("40A", "Prostitution", 16, Scene.Street), new("40C", "Purchasing Prostitution", 14, Scene.Street),
      new("40B", "Assisting or Promoting Prostitution", 4, Scene.Street),
      new("39A", "Betting/Wagering", 6, Scene.Shop), new("39B", "Operating/Promoting/Assisting Gambling", 4, Scene.Shop)]),
  ];

  /// <summary>NIBRS Group B, arrests only: in the file, and no part of reported crime. Weights are reports in a month.</summary>
  public static readonly IReadOnlyList<Offense> GroupB = [
    new("90J", "Trespass of Real Property", 31, Scene.Shop), new("90D", "Driving Under the Influence", 24, Scene.Street),
    new("90C", "Disorderly Conduct", 17, Scene.Street), new("90Z", "All Other Offenses", 14, Scene.Anywhere),
    new("90G", "Liquor Law Violations", 5, Scene.Street), new("90E", "Drunkenness", 4, Scene.Street),
    new("90B", "Curfew/Loitering/Vagrancy Violations", 3, Scene.Street),
  ];

  /// <summary>
  /// Records that are no offense. The records system writes its own words where a code would stand. Weights are reports in a month.
  /// </summary>
  public static readonly IReadOnlyList<Offense> NotOffenses = [
    new("Found property", "Found property", 38, Scene.Street), new("Assist citizen", "Assist citizen", 30, Scene.Anywhere),
    new("Lost property", "Lost property", 17, Scene.Anywhere), new("Towed vehicle", "Towed vehicle", 22, Scene.Street),
    new("Natural death", "Natural death", 9, Scene.Home), new("Assist other agency", "Assist other agency", 12, Scene.Anywhere),
  ];

  /// <summary>Offenses that come second in a report with another, and the share of them that do.</summary>
  public static readonly IReadOnlyList<(Crime First, Crime Second, double Share)> Together = [
    (Crime.Burglary, Crime.Vandalism, 0.1), (Crime.SimpleAssault, Crime.Vandalism, 0.08), (Crime.SimpleAssault, Crime.Threats, 0.3),
    (Crime.Drugs, Crime.Weapons, 0.3), (Crime.AggravatedAssault, Crime.Weapons, 0.15), (Crime.CarTheft, Crime.Theft, 0.04),
    (Crime.Burglary, Crime.Theft, 0.03), (Crime.Robbery, Crime.AggravatedAssault, 0.1),
  ];

  /// <summary>A NIBRS location type that suits the scene.</summary>
  public static string Location(Scene scene, Draws draws) => Locations[(int)scene].Draw(draws);

  private static readonly Weighted<string>[] Locations = [
    Weighted.Of(("Residence/Home", 1)),
    Weighted.Of(("Highway/Road/Alley/Street/Sidewalk", 50), ("Parking/Drop Lot/Garage", 34), ("Park/Playground", 16)),
    Weighted.Of(("Department/Discount Store", 30), ("Grocery/Supermarket", 18), ("Convenience Store", 16), ("Specialty Store", 14),
      ("Bank/Savings and Loan", 11), ("Restaurant", 11)),
    Weighted.Of(("Residence/Home", 36), ("Highway/Road/Alley/Street/Sidewalk", 18), ("Commercial/Office Building", 14),
      ("Bar/Nightclub", 9), ("Restaurant", 9), ("Dock/Wharf/Freight/Modal Terminal", 7), ("Air/Bus/Train Terminal", 7)),
  ];
}
