using System.ComponentModel.DataAnnotations;
using Porchlight.Ui.Charts;
using Porchlight.Ui.Forms;
using Porchlight.Ui.Maps;
using Porchlight.Ui.Parts;
using Porchlight.Ui.Scores;
using Porchlight.Ui.Tables;
using Porchlight.Ui.Wording;

namespace Porchlight.Ui.Gallery;

/// <summary>What the gallery shows.</summary>
public sealed record GalleryModel {
  /// <summary>This year with last year behind it.</summary>
  public required TrendModel Trend { get; init; }
  /// <summary>A trend with a gap and a lone month, in seconds.</summary>
  public required TrendModel Gap { get; init; }
  /// <summary>Grouped bars.</summary>
  public required BarTableModel Bars { get; init; }
  /// <summary>The city by rate.</summary>
  public required MapModel Map { get; init; }
  /// <summary>A table sorted and paged by links.</summary>
  public required DataTableModel Table { get; init; }
  /// <summary>A scorecard.</summary>
  public required ScoreModel Scores { get; init; }
  /// <summary>Headline numbers.</summary>
  public required IReadOnlyList<FigureModel> Figures { get; init; }
  /// <summary>An edition.</summary>
  public required EditionModel Edition { get; init; }
  /// <summary>A form with two things to fix, and one that begins.</summary>
  public required FormState Form { get; init; }
}

/// <summary>The gallery's form.</summary>
public sealed class GalleryForm {
  /// <summary>How.</summary>
  [Required(ErrorMessage = "gallery.join")] public string? Join { get; set; }
  /// <summary>Name.</summary>
  public string? Name { get; set; }
  /// <summary>Email.</summary>
  [EmailAddress(ErrorMessage = "gallery.email")] public string? Email { get; set; }
  /// <summary>How many come.</summary>
  [Range(1, 9, ErrorMessage = "gallery.people")] public int? People { get; set; }
  /// <summary>Needs.</summary>
  public List<string> Needs { get; set; } = [];
  /// <summary>Where.</summary>
  public string? Area { get; set; }
  /// <summary>A single box.</summary>
  public bool Remind { get; set; }
  /// <summary>Words.</summary>
  public string? Words { get; set; }
}

/// <summary>Invented figures of an invented city. They add up.</summary>
internal static class GallerySamples {
  public static GalleryModel Make(FormState form) => new() {
    Form = form,
    Trend = TrendModel.OfYear(Say("Reported crime, month by month", "Delitos denunciados, mes por mes"), 2025,
      [958, 872, 971, 1003, 1064, 1092, 1118, 1096, 1040], [1011, 933, 1041, 1067, 1128, 1163, 1204, 1189, 1135, 1098, 1016, 1043]),
    Gap = TrendModel.OfYear(Say("Half of urgent calls reached within, month by month", "La mitad de las llamadas urgentes, mes por mes"), 2025,
      [372, 380, null, 391, null, 402, 398, 377, 371, 365, 360, 410], [385, 384, 390, 379, 388, 392, 401, 395, 380, 379, 388, 386], Unit.Seconds) with {
      Note = Say("March and May are missing: the dispatch system was replaced.", "Faltan marzo y mayo: se reemplazó el sistema de despacho."),
    },
    Bars = Bars(),
    Map = Map(),
    Table = Table(),
    Scores = Scores(),
    Figures = Figures(),
    Edition = new() {
      Facts = [
        (Say("Edition", "Edición"), "33"), (Say("Covers", "Periodo"), Fmt.Days(new(2025, 1, 1), new(2025, 9, 30))),
        (Say("Published", "Publicada"), Fmt.Date(new(2025, 10, 9))), (Say("Replaces", "Reemplaza a"), Say("Edition 32, Sep 9", "Edición 32, 9 sep")),
        (Say("Next one due", "Próxima"), Fmt.Date(new(2025, 11, 10))),
      ],
      Cite = Say("Port Alder Police Department, Reported crime, edition 33, October 9, 2025. This page will always show edition 33 at",
        "Policía de Port Alder, Delitos denunciados, edición 33, 9 de octubre de 2025. La edición 33 estará siempre en"),
      CiteHref = "/gallery/data",
      CiteAddress = "police.portalder.example/data/crime/33",
      Downloads = [new("CSV", "/gallery/data", 14_000), new("Excel", "/gallery/data", 22_000), new("JSON", "/gallery/data", 31_000), new("Parquet", "/gallery/data")],
      Links = [(Say("What counts as a crime", "Qué cuenta como delito"), "/gallery/data"), (Say("Verify a number", "Verificar una cifra"), "/gallery/data")],
    },
  };

  public static string Say(string english, string spanish) => new Words(english, spanish).Here;

  private static BarTableModel Bars() => new() {
    Caption = Say("Reported crime by type", "Delitos denunciados por tipo"),
    Says = Say("January to September 2025, next to the same days of 2024.", "Enero a septiembre de 2025, junto a los mismos días de 2024."),
    RowsName = Say("Type", "Tipo"),
    NowName = "2025",
    BeforeName = "2024",
    Groups = [
      new(Say("Crimes against property", "Delitos contra la propiedad"), [
        new(Say("Other property crime", "Otros contra la propiedad"), 55, 53) { IsOther = true }, new(Say("Vandalism", "Vandalismo"), 1087, 1120),
        new(Say("Theft (larceny)", "Robo sin violencia (hurto)"), 3118, 3402), new(Say("Car theft", "Robo de autos"), 702, 868), new(Say("Burglary", "Robo en viviendas"), 521, 578),
        new(Say("Fraud", "Fraude"), 498, 571), new(Say("Robbery", "Robo con violencia"), 121, 139),
      ], 6102, 6731),
      new(Say("Crimes against persons", "Delitos contra las personas"), [
        new(Say("Simple assault", "Agresión simple"), 1243, 1251), new(Say("Kidnapping", "Secuestro"), 4, 3), new(Say("Homicide", "Homicidio"), 3, 5),
        new(Say("Threats (intimidation)", "Amenazas"), 402, 398), new(Say("Aggravated assault", "Agresión grave"), 338, 361),
      ], 1990, 2018),
    ],
    Below = [new(Say("Counted for the city only", "Solo para toda la ciudad"), 31, 30)],
    Total = new("Total", 8123, 8779),
    Note = Say("No percentage is shown when last year’s count is under 10, because one or two reports would swing it.",
      "No hay porcentaje cuando la cifra del año pasado es menor de 10, porque una o dos denuncias lo cambiarían."),
  };

  private static MapModel Map() => new() {
    Title = Say("Reported crime by neighborhood", "Delitos denunciados por barrio"),
    Per = Say("per 1,000 residents", "por cada 1,000 habitantes"),
    Drawing = SampleCity.Drawing,
    Classes = MapClasses.At(20, 35, 50, 70),
    Columns = [new(Say("Reports", "Denuncias"), true), new(Say("Change", "Cambio"), true)],
    RateName = Say("Per 1,000", "Por 1,000"),
    Areas = [.. SampleCity.Areas.Select(a => new MapArea(a.Code, a.Name, a.Code == "D12" ? null : a.Rate, a.Code == "D12" ? AreaState.Withheld : a.Rate is null ? AreaState.NoRate : AreaState.Rate) {
      Href = "/gallery/area?area=" + a.Code,
      Cells = a.Code == "D12" ? [Cell.Withheld, new(Fmt.None) { Soft = true }] : [Cell.Of(a.Reports), new(Fmt.Change(a.Reports, a.Before)) { Soft = true }],
    })],
    WholeCity = new([Say("Whole city", "Toda la ciudad"), "9,214", "43.4", Fmt.Change(9214, 9871)]),
    Below = [new([Say("Place not known", "Lugar desconocido"), "141", Fmt.None, new Cell(Fmt.Change(141, 155)) { Soft = true }])],
    Care = Say("Downtown (A14) and Courthouse (A15) have high rates partly because many people work, shop and go out there but live elsewhere.",
      "Downtown (A14) y Courthouse (A15) tienen tasas altas en parte porque mucha gente trabaja, compra y sale ahí pero vive en otro lugar."),
  };

  private static DataTableModel Table() => new() {
    Caption = Say("Every edition", "Todas las ediciones"),
    Columns = [new(Say("Dataset", "Datos"), SortKey: "name"), new(Say("Edition", "Edición"), true, "edition"), new(Say("Published", "Publicada"), SortKey: "day"), new(Say("Rows", "Filas"), true, NotOnPhone: true)],
    Sort = "-edition",
    Rows = [
      new([new Cell(Say("Reported crime", "Delitos denunciados")) { Href = "/gallery/data" }, "33", Fmt.Date(new(2025, 10, 9)), "9,214"]),
      new([new Cell(Say("Urgent calls", "Llamadas urgentes")) { Href = "/gallery/data" }, "33", Fmt.Date(new(2025, 10, 9)), "11,862"]),
      new([new Cell(Say("Use of force", "Uso de la fuerza")) { Href = "/gallery/data", After = Say("late", "tarde") }, "11", Fmt.Date(new(2025, 10, 9)), Cell.Withheld]),
    ],
    Pager = new(4, 12),
  };

  private static ScoreModel Scores() => new() {
    Caption = Say("Linden Park this year, last year and beside the city", "Linden Park este año, el pasado y junto a la ciudad"),
    Headings = [
      new(Say("Here now", "Aquí ahora"), Fmt.Capital(Fmt.MonthsShort(new(2025, 1, 1), new(2025, 9, 30)))), new(Say("A year ago", "Hace un año"), Fmt.Capital(Fmt.MonthsShort(new(2024, 1, 1), new(2024, 9, 30)))),
      new(Say("City average for", "Promedio para"), Say("as many people", "tanta gente"), Say("City average", "Promedio")),
    ],
    Groups = [
      new(Say("Safety", "Seguridad"), [
        new(Say("All crimes reported", "Todos los delitos denunciados"), ["331", "378", "418"], Say("Fewer.", "Menos."), Say("12% fewer, and below the city.", "12% menos, y por debajo de la ciudad.")),
        new(Say("Burglary", "Robo en viviendas"), ["19", "27", "24"], Say("About the same.", "Casi igual."), Say("8 fewer, within chance.", "8 menos, dentro del azar.")),
      ]),
      new(Say("When you call for help", "Cuando pide ayuda"), [
        new(Say("Half of urgent calls reached within", "La mitad de las llamadas urgentes"), ["6 min 50 s", "6 min 31 s", "6 min 12 s"], Say("Slower.", "Más lento."), Say("19 seconds longer. 412 calls.", "19 segundos más. 412 llamadas.")),
      ]),
      new(Say("How people are treated", "Cómo se trata a la gente"), [
        new(Say("Felt treated fairly, out of 100", "Sintió trato justo, de 100"), [new Cell("71") { After = "±8" }, new Cell("66") { After = "±9" }, new Cell("68") { After = "±2" }], Say("No clear change.", "Sin cambio claro."), Say("The ranges overlap.", "Los rangos se cruzan.")),
        new(Say("Complaints, all of Eastside", "Quejas, todo Eastside"), ["14", Cell.Withheld, Fmt.None], Say("About the same.", "Casi igual."), Say("Counted by district only.", "Se cuenta solo por distrito.")),
      ]),
    ],
    Note = Say("“City average for as many people” is what 9,640 people would see at the city’s rate.", "“Promedio para tanta gente” es lo que verían 9,640 personas con la tasa de la ciudad."),
  };

  private static FigureModel[] Figures() => [
    new() {
      Name = Say("Reported crime", "Delitos denunciados"), Href = "/gallery/data", Value = [("9,214", "")],
      Compared = Say("6.7% fewer than in the same days of 2024 (9,871)", "6.7% menos que en los mismos días de 2024 (9,871)"),
      Trend = TrendModel.OfYear(Say("Reported crime", "Delitos denunciados"), 2025, [958, 872, 971, 1003, 1064, 1092, 1118, 1096, 1040], [1011, 933, 1041, 1067, 1128, 1163, 1204, 1189, 1135, 1098, 1016, 1043]),
      Counts = Say("Crimes that people reported or officers found, in 52 kinds. One report can hold more than one crime.", "Delitos que la gente denunció o que hallaron los agentes, de 52 clases. Una denuncia puede tener más de un delito."),
      KeepInMind = Say("Many crimes are never reported. A drop can mean less crime, or fewer people calling.", "Muchos delitos nunca se denuncian. Una baja puede ser menos delitos o menos llamadas."),
      Edition = Say("Edition 33, published Oct 9. Next: Nov 10", "Edición 33, publicada el 9 oct. Próxima: 10 nov"),
    },
    new() {
      Name = Say("How fast officers arrive", "Cuánto tardan los agentes"), Href = "/gallery/data", Value = [("6", "min"), ("12", "s")],
      Compared = Say("for half of the most urgent calls. In 2024: 6 min 25 s", "en la mitad de las llamadas más urgentes. En 2024: 6 min 25 s"),
      Counts = Say("Time from picking up a 911 call to the first officer arriving, for priority 1 calls.", "Tiempo desde que se contesta el 911 hasta que llega el primer agente, en llamadas de prioridad 1."),
      KeepInMind = Say("Calls that officers started themselves are not in this figure.", "Las llamadas que inician los agentes no están en esta cifra."),
      Edition = Say("Edition 32, published Sep 9.", "Edición 32, publicada el 9 sep."),
      Late = Say("The September file was due Oct 10. We expect it by Oct 17.", "El archivo de septiembre debía llegar el 10 oct. Lo esperamos el 17 oct."),
    },
  ];
}
