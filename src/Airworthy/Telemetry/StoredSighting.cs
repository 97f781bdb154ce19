namespace Airworthy.Telemetry;

/// <summary>A stored sighting and its place in the order of arrival.</summary>
public sealed record StoredSighting(long Sequence, ExceptionSighting Sighting);
