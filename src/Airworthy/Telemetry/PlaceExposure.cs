namespace Airworthy.Telemetry;

/// <summary>How much one place ran.</summary>
/// <param name="Place">The number of the <see cref="ObservedPlace"/>.</param>
/// <param name="Calls">Calls observed.</param>
/// <param name="Bad">Those that failed.</param>
/// <param name="First">The first minute in which it ran, UTC.</param>
/// <param name="Last">The last one.</param>
/// <param name="Instances">Distinct instances; 0 where none told its id.</param>
public readonly record struct PlaceExposure(long Place, long Calls, long Bad, DateTimeOffset First, DateTimeOffset Last, int Instances);
