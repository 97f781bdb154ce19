namespace Airworthy.Telemetry;

/// <summary>How much some places ran in an hour.</summary>
/// <param name="At">Its beginning, UTC.</param>
/// <param name="Calls">Calls observed.</param>
/// <param name="Bad">Those that failed.</param>
public readonly record struct ExposureHour(DateTimeOffset At, long Calls, long Bad);
