using Airworthy.Model;

namespace Airworthy.Journeys.Releases;

/// <summary>That a version of a service came to run, or ceased to.</summary>
/// <param name="Service">The service. From a sender: hostile.</param>
/// <param name="Environment">Where; empty when not told.</param>
/// <param name="Version">The version as told; null when none was. From a sender: hostile.</param>
/// <param name="Revision">The commit it means; null while no repository confirmed for the service holds it.</param>
/// <param name="Kind">What became of it.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Source">Who says so: <c>telemetry</c>, <c>command line</c>, or the name of a webhook.</param>
public sealed record ReleaseSummary(
    string Service, string Environment, string? Version, string? Revision, ReleaseKind Kind, DateTimeOffset At, string Source);
