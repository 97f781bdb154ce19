namespace Airworthy.Journeys.Queries;

/// <summary>A revision that ran in which a change lives.</summary>
/// <param name="Sha">The commit.</param>
/// <param name="Calls">Calls of the change's units in it.</param>
/// <param name="FirstRan">The first minute, UTC.</param>
/// <param name="LastRan">The last one.</param>
public sealed record ExposedRevision(string Sha, long Calls, DateTimeOffset FirstRan, DateTimeOffset LastRan);
