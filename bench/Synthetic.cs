namespace Porchlight.Bench;

/// <summary>Ten million rows that look like records: three years, 280 beats, NIBRS codes with a few very common ones, log-normal times, points in a city.</summary>
internal static class Synthetic {
  private const string Seconds = "94608000";

  public static string Incidents(long rows) => $"""
    SELECT printf('%09d', i) AS "IncidentNumber", i AS "RowId",
      strftime(TIMESTAMP '2023-01-01' + to_seconds(CAST(i * {Seconds}.0 / {rows} AS BIGINT)), '%Y-%m-%d %H:%M:%S') AS "ReportedAt",
      strftime(TIMESTAMP '2023-01-01' + to_seconds(CAST(i * {Seconds}.0 / {rows} AS BIGINT) - CAST(h % 90000 AS BIGINT)), '%Y-%m-%d %H:%M:%S') AS "OccurredAt",
      ['23H','23F','13B','290','240','23C','220','35A','13A','13C','26A','120','520','23D','90J','90D','11A','250','26B','09A'][1 + CAST(floor(pow((h // 7) % 1000 / 1000.0, 2) * 20) AS INTEGER)] AS "NIBRSCode",
      ['SIMPLE ASSAULT, HANDS','THEFT FROM VEHICLE','VANDALISM OF PROPERTY','BURGLARY, FORCED ENTRY','SHOPLIFTING UNDER $500','DRUG POSSESSION'][1 + CAST((h // 43) % 6 AS INTEGER)] AS "OffenseDescription",
      hour(TIMESTAMP '2023-01-01' + to_seconds(CAST(i * {Seconds}.0 / {rows} AS BIGINT))) AS "ReportedHour", CASE WHEN (h // 47) % 40 = 0 THEN 'University Police' ELSE 'City Police' END AS "Agency", CASE WHEN (h // 53) % 200 = 0 THEN 'Y' ELSE 'N' END AS "Sensitive",
      printf('%04d', 100 + (h // 11) % 280) AS "Beat", printf('%.6f', 41.6 + ((h // 13) % 400000) / 1000000.0) AS "Latitude", printf('%.6f', -87.9 + ((h // 17) % 350000) / 1000000.0) AS "Longitude",
      printf('%d00 BLOCK OF STREET %d', 1 + (h // 19) % 90, (h // 23) % 900) AS "Address", CASE WHEN (h // 29) % 12 = 0 THEN 'true' ELSE 'false' END AS "Domestic",
      CASE WHEN (h // 31) % 5 = 0 THEN NULL ELSE (h // 37) % 90 END AS "VictimAge", 'Open' AS "Status", CASE WHEN (h // 41) % 4 = 0 THEN 'true' ELSE 'false' END AS "Arrest"
    FROM (SELECT range AS i, CAST(hash(range) >> 1 AS BIGINT) AS h FROM range({rows}))
    """;

  public static string Calls(long rows) => $"""
    SELECT printf('%09d', i) AS "CallNumber", strftime(t, '%Y-%m-%d %H:%M:%S') AS "ReceivedAt", strftime(t + to_seconds(wait), '%Y-%m-%d %H:%M:%S') AS "DispatchedAt",
      CASE WHEN h % 50 = 0 THEN NULL ELSE strftime(t + to_seconds(wait + drive), '%Y-%m-%d %H:%M:%S') END AS "OnSceneAt", strftime(t + to_seconds(wait + drive + 1800), '%Y-%m-%d %H:%M:%S') AS "ClosedAt",
      ['DISTURBANCE','SUSPICIOUS PERSON','TRAFFIC STOP','THEFT','ALARM','WELFARE CHECK','BURGLARY','NOISE'][1 + CAST((h // 7) % 8 AS INTEGER)] AS "CallType", 1 + (h // 11) % 4 AS "Priority",
      CASE WHEN (h // 13) % 20 = 0 THEN 'Fire' ELSE 'Police' END AS "Agency", CASE WHEN (h // 17) % 5 = 0 THEN 'Y' ELSE 'N' END AS "OnView", printf('%04d', 100 + (h // 19) % 280) AS "Beat",
      printf('%.6f', 41.6 + ((h // 23) % 400000) / 1000000.0) AS "Latitude", printf('%.6f', -87.9 + ((h // 29) % 350000) / 1000000.0) AS "Longitude"
    FROM (SELECT i, h, TIMESTAMP '2023-01-01' + to_seconds(CAST(i * {Seconds}.0 / {rows} AS BIGINT)) AS t,
      CAST(exp(4.2 + 0.9 * ((h // 31) % 1000 + (h // 37) % 1000 + (h // 41) % 1000 - 1500) / 500.0) AS BIGINT) AS wait,
      CAST(exp(5.6 + 0.6 * ((h // 43) % 1000 + (h // 47) % 1000 + (h // 53) % 1000 - 1500) / 500.0) AS BIGINT) AS drive
    FROM (SELECT range AS i, CAST(hash(range) >> 1 AS BIGINT) AS h FROM range({rows})))
    """;
}
