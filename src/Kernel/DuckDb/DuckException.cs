namespace Porchlight.Kernel.DuckDb;

/// <summary>What kind of refusal DuckDB gave.</summary>
public enum DuckErrorKind {
  /// <summary>Anything else.</summary>
  Other,
  /// <summary>The statement is wrong: a bug of ours (parser, binder, catalog).</summary>
  Statement,
  /// <summary>A value or a record was refused: conversion, constraint, CSV framing, out of range.</summary>
  Data,
  /// <summary><see cref="DuckConnection.Interrupt"/> was called.</summary>
  Interrupted,
  /// <summary>The memory limit was reached, and there was no folder (or no room) to spill to. The connection stays usable.</summary>
  Memory,
  /// <summary>Not allowed by the settings of this instance: a path outside the allowed folders, a locked setting.</summary>
  Permission,
  /// <summary>A file could not be read or written.</summary>
  Io,
  /// <summary>A file could not be written: the disk is full.</summary>
  DiskFull,
}

/// <summary>
/// DuckDB refused. <see cref="Exception.Message"/> may be logged: it never holds a record or a value. DuckDB's own words, which quote whole
/// CSV records and cell values, are in <see cref="Detail"/>, for a steward's eyes only.
/// </summary>
public sealed class DuckException : Exception {
  internal DuckException(string words) : this(words, KindOf(words)) { }

  private DuckException(string words, DuckErrorKind kind) : base(Loggable(words, kind)) {
    Kind = kind;
    Detail = words;
  }

  /// <summary>What kind of refusal.</summary>
  public DuckErrorKind Kind { get; }
  /// <summary>DuckDB's whole message. Never log it, never show it to the public.</summary>
  public string Detail { get; }

  private static DuckErrorKind KindOf(string words) => words.AsSpan(0, Math.Max(0, words.IndexOf(':', StringComparison.Ordinal))) switch {
    "Parser Error" or "Syntax Error" or "Binder Error" or "Catalog Error" => DuckErrorKind.Statement,
    "Conversion Error" or "Invalid Input Error" or "Constraint Error" or "Out of Range Error" => DuckErrorKind.Data,
    "INTERRUPT Error" => DuckErrorKind.Interrupted,
    "Out of Memory Error" => DuckErrorKind.Memory,
    "Permission Error" => DuckErrorKind.Permission,
    "IO Error" => words.Contains("No space left on device", StringComparison.Ordinal) || words.Contains("not enough space on the disk", StringComparison.Ordinal) ? DuckErrorKind.DiskFull : DuckErrorKind.Io,
    _ => DuckErrorKind.Other,
  };

  // The first line names tables, settings and files; candidates and records follow on later lines, or anywhere in a data error.
  private static string Loggable(string words, DuckErrorKind kind) => kind is DuckErrorKind.Data or DuckErrorKind.Other
    ? $"DuckDB refused ({kind}). Its own words may quote records, so they are not repeated here."
    : $"DuckDB: {words.Split('\n', 2)[0]}";
}
