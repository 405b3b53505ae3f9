namespace Porchlight.Kernel.DuckDb;

/// <summary>A column's type, with the numbers of duckdb.h. Types the house never reads are left out.</summary>
public enum DuckType {
  /// <summary>None.</summary>
  Invalid = 0,
  /// <summary>BOOLEAN, a byte.</summary>
  Boolean = 1,
  /// <summary>TINYINT.</summary>
  Int8 = 2,
  /// <summary>SMALLINT.</summary>
  Int16 = 3,
  /// <summary>INTEGER.</summary>
  Int32 = 4,
  /// <summary>BIGINT.</summary>
  Int64 = 5,
  /// <summary>UTINYINT.</summary>
  UInt8 = 6,
  /// <summary>USMALLINT.</summary>
  UInt16 = 7,
  /// <summary>UINTEGER.</summary>
  UInt32 = 8,
  /// <summary>UBIGINT.</summary>
  UInt64 = 9,
  /// <summary>FLOAT.</summary>
  Single = 10,
  /// <summary>DOUBLE.</summary>
  Double = 11,
  /// <summary>TIMESTAMP without zone, microseconds since 1970.</summary>
  Timestamp = 12,
  /// <summary>DATE, days since 1970.</summary>
  Date = 13,
  /// <summary>HUGEINT: what sum() of integers gives.</summary>
  Int128 = 16,
  /// <summary>VARCHAR.</summary>
  Text = 17,
  /// <summary>BLOB.</summary>
  Blob = 18,
  /// <summary>DECIMAL, an integer with a scale.</summary>
  Decimal = 19,
  /// <summary>ENUM, an unsigned integer with words.</summary>
  Enum = 23,
  /// <summary>TIMESTAMP WITH TIME ZONE, microseconds since 1970 UTC.</summary>
  TimestampTz = 31,
  /// <summary>The type of a bare NULL.</summary>
  Null = 36,
}
