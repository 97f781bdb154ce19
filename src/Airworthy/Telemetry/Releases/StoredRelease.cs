namespace Airworthy.Telemetry.Releases;

/// <summary>A stored release and its key.</summary>
/// <param name="Id">Its key: the same event told twice has one.</param>
/// <param name="Release">What was told.</param>
public sealed record StoredRelease(string Id, Release Release);
