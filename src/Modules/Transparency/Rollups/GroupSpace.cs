namespace Porchlight.Transparency.Rollups;

/// <summary>
/// Where the groups of one question lie in one flat array: time first, then each numbered field by its stride. A field that is neither
/// filtered nor broken down by has no map; in a map, a number that the filter leaves out is -1, and the others are already multiplied by
/// the stride.
/// </summary>
internal sealed class GroupSpace {
  private readonly By[] _by;
  private readonly List<int[]> _times = [];
  private readonly Dictionary<long, int> _timeSlots = [];
  private readonly Dictionary<By, (int[] Values, int Stride)> _dimensions = [];

  public GroupSpace(Question question, Labels labels) {
    _by = [.. question.By];
    Inner = 1;
    AreaSlots = Map(By.Area, question, labels.Areas.Limit);
    PrioritySlots = Map(By.Priority, question, labels.Priorities.Limit);
    CategorySlots = Map(By.Category, question, labels.Categories.Limit);
    TypeSlots = Join(Map(By.Type, question, labels.Types.Limit), labels.CategoryOfType);
  }

  /// <summary>By area number.</summary>
  public int[]? AreaSlots { get; }
  /// <summary>By type number: its own slot and its category's.</summary>
  public int[]? TypeSlots { get; }
  /// <summary>By category number.</summary>
  public int[]? CategorySlots { get; }
  /// <summary>By priority number.</summary>
  public int[]? PrioritySlots { get; }
  /// <summary>Slots of one time.</summary>
  public long Inner { get; private set; }
  /// <summary>Slots in all, for the times seen so far.</summary>
  public long Size => Inner * Math.Max(1, _times.Count);

  private int[]? Map(By field, Question question, int limit) {
    var filter = question.Filter(field);
    var grouped = _by.Contains(field);
    if (filter is null && !grouped) return null;
    var values = (filter?.Where(number => number >= 0 && number < limit).Distinct() ?? Enumerable.Range(0, limit)).ToArray();
    var slots = new int[limit];
    Array.Fill(slots, -1);
    if (Inner > int.MaxValue / Math.Max(1, values.Length)) throw new OverflowException("too many groups");
    for (var i = 0; i < values.Length; i++) slots[values[i]] = grouped ? (int)(i * Inner) : 0;
    if (grouped) {
      _dimensions[field] = (values, (int)Inner);
      Inner *= Math.Max(1, values.Length);
    }
    return slots;
  }

  private int[]? Join(int[]? types, byte[] categoryOfType) {
    if (CategorySlots is null) return types;
    var joined = new int[categoryOfType.Length];
    for (var type = 0; type < joined.Length; type++) {
      int own = types?[type] ?? 0, category = CategorySlots[categoryOfType[type]];
      joined[type] = own < 0 || category < 0 ? -1 : own + category;
    }
    return joined;
  }

  /// <summary>The first slot of a day's group; a month's is that of any of its days when no finer time is asked for.</summary>
  public long TimeSlot(DateOnly day) {
    var packed = Asks(By.Day) ? day.DayNumber
      : ((Asks(By.Month) ? Time(By.Month, day) : Asks(By.Year) ? day.Year : 0) * 1_000_000_000L)
        + ((Asks(By.Week) ? Time(By.Week, day) : 0) * 10L) + (Asks(By.Weekday) ? Time(By.Weekday, day) : 0);
    if (!_timeSlots.TryGetValue(packed, out var slot)) {
      _timeSlots.Add(packed, slot = _times.Count);
      _times.Add([.. _by.Where(IsTime).Select(field => Time(field, day))]);
    }
    return slot * Inner;
  }

  private bool Asks(By field) => _by.Contains(field);

  public static bool IsTime(By field) => field is By.Year or By.Month or By.Week or By.Day or By.Weekday or By.Hour;

  /// <summary>A day as it stands in a key.</summary>
  public static int Time(By field, DateOnly day) => field switch {
    By.Year => day.Year,
    By.Month => (day.Year * 100) + day.Month,
    By.Day => Number(day),
    By.Week => Number(Monday(day)),
    By.Weekday => Weekday(day),
    _ => throw new ArgumentOutOfRangeException(nameof(field)),
  };

  private static int Weekday(DateOnly day) => day.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)day.DayOfWeek;
  private static DateOnly Monday(DateOnly day) => day.AddDays(1 - Weekday(day));
  private static int Number(DateOnly day) => (day.Year * 10_000) + (day.Month * 100) + day.Day;

  /// <summary>The key of a slot.</summary>
  public int[] Key(long slot) {
    var times = _times.Count == 0 ? [] : _times[(int)(slot / Inner)];
    var inner = (int)(slot % Inner);
    var key = new int[_by.Length];
    var time = 0;
    for (var i = 0; i < key.Length; i++) {
      if (IsTime(_by[i])) {
        key[i] = times[time++];
        continue;
      }
      var (values, stride) = _dimensions[_by[i]];
      key[i] = values[inner / stride % values.Length];
    }
    return key;
  }

  /// <summary>Compares keys field by field.</summary>
  public static int Compare(int[] a, int[] b) => a.AsSpan().SequenceCompareTo(b);
}
