using Porchlight.Ui.Charts;
using Porchlight.Ui.Tables;
using Porchlight.Ui.Wording;

namespace Porchlight.Ui.Maps;

/// <summary>Why an area is not colored, if it is not.</summary>
public enum AreaState {
  /// <summary>It has a rate.</summary>
  Rate,
  /// <summary>No data, or under 1,000 residents: hatched.</summary>
  NoRate,
  /// <summary>Withheld to protect people: dotted.</summary>
  Withheld,
}

/// <summary>An area's value on a map and its row in the table beside it.</summary>
/// <param name="Code">Its code, as in the drawing.</param>
/// <param name="Name">Its name; the code where it has none.</param>
/// <param name="Rate">The rate that colors it; null with any state but Rate.</param>
/// <param name="State">Why it has none.</param>
public sealed record MapArea(string Code, string Name, decimal? Rate, AreaState State = AreaState.Rate) {
  /// <summary>The area's page.</summary>
  public string? Href { get; init; }
  /// <summary>The other cells of its row, under <see cref="MapModel.Columns"/>.</summary>
  public IReadOnlyList<Cell> Cells { get; init; } = [];
}

/// <summary>A map of rates by area: the picture, its key, and the same areas as a table.</summary>
public sealed record MapModel {
  /// <summary>The map's name: "Reported crime by neighborhood".</summary>
  public required string Title { get; init; }
  /// <summary>After a number: "per 1,000 residents".</summary>
  public required string Per { get; init; }
  /// <summary>The boundaries, drawn once for all pages.</summary>
  public required MapDrawing Drawing { get; init; }
  /// <summary>Every area of the drawing, in any order; the table puts the highest rate first.</summary>
  public required IReadOnlyList<MapArea> Areas { get; init; }
  /// <summary>The classes; a fifth of the areas in each unless given.</summary>
  public MapClasses? Classes { get; init; }
  /// <summary>What the values are.</summary>
  public Unit Unit { get; init; } = Unit.Rate;
  /// <summary>The code of the area this page is about, outlined in ink.</summary>
  public string? Chosen { get; init; }
  /// <summary>Headings of the other cells, before and after the rate's own column.</summary>
  public IReadOnlyList<Column> Columns { get; init; } = [];
  /// <summary>Heading of the rate's column: "Per 1,000".</summary>
  public string RateName { get; init; } = "";
  /// <summary>Over the table; "Highest rate first" unless given.</summary>
  public string? TableTitle { get; init; }
  /// <summary>In the key, why an area has no value; the lack of residents or data unless given.</summary>
  public string? NoRateKey { get; init; }
  /// <summary>After an area's name where it has no value; "no rate" unless given.</summary>
  public string? NoRateWord { get; init; }
  /// <summary>Where among <see cref="Columns"/> the rate stands.</summary>
  public int RateAt { get; init; } = 1;
  /// <summary>Rows without a place on the map: first the whole city, at the end "place not known".</summary>
  public Row? WholeCity { get; init; }
  /// <summary>Rows after the areas.</summary>
  public IReadOnlyList<Row> Below { get; init; } = [];
  /// <summary>What to keep in mind, after "Read with care."</summary>
  public string? Care { get; init; }

  internal MapClasses Classing => field ??= Classes ?? MapClasses.Of(Areas.Where(a => a.Rate is not null).Select(a => a.Rate!.Value), Unit);

  /// <summary>One sentence made from the map's own rows: how far the rates reach, and from where to where.</summary>
  public string Says {
    get {
      var t = Texts.Of(typeof(MapModel));
      var rated = Areas.Where(a => a.Rate is not null).OrderBy(a => a.Rate).ToList();
      return rated.Count < 2 ? t["map.nothing"]
        : t["map.says", Unit.Write(rated[0].Rate!.Value), rated[0].Name, Unit.Write(rated[^1].Rate!.Value), rated[^1].Name, Per];
    }
  }

  /// <summary>An area as a whole sentence, for its link.</summary>
  internal string Sentence(MapArea area) {
    var t = Texts.Of(typeof(MapModel));
    var name = area.Name == area.Code ? area.Code : $"{area.Name} ({area.Code})";
    return area.State switch {
      AreaState.Withheld => t["map.area.withheld", name],
      _ when area.Rate is { } rate => t["map.area.rate", name, Unit.Write(rate), Per],
      _ => NoRateWord is null ? t["map.area.none", name] : $"{name}: {NoRateWord}",
    };
  }

  internal string FillOf(MapArea area) => area.State == AreaState.Withheld ? "withheld" : area.Rate is { } rate ? $"class-{Classing.ClassOf(rate)}" : "none";
}
