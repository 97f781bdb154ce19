namespace Airworthy.Telemetry;

/// <summary>How many statements of a function one process has ever run.</summary>
/// <param name="Key">Under what; the minute is when it was read.</param>
/// <param name="Ran">Statements that ran at least once, 0 to <paramref name="All"/>.</param>
/// <param name="All">Statements counted; at least 1.</param>
public sealed record StatementCount(ObservationKey Key, long Ran, long All);
