namespace Airworthy.Telemetry;

/// <summary>A watched statement of a function.</summary>
/// <param name="Line">Its first line, as of the version's source.</param>
/// <param name="Ran">True when it ran at least once.</param>
public readonly record struct StatementRun(int Line, bool Ran);
