using Airworthy.Journeys.Services;

namespace Airworthy.Journeys.Queries;

/// <summary>What arrived of a service, what it names, and what is missing.</summary>
/// <param name="Service"><c>service.name</c>. From a sender: hostile.</param>
/// <param name="Claims">The repositories it is said to run.</param>
/// <param name="Versions">What arrived, by environment and version, the one seen last first.</param>
/// <param name="Gaps">What is missing, the worst first; empty when nothing is.</param>
public sealed record ServiceDiagnosis(
    string Service, IReadOnlyList<RepositoryClaim> Claims, IReadOnlyList<ServiceVersion> Versions, IReadOnlyList<ServiceGap> Gaps)
{
    /// <summary>What operators said that its telemetry means, the oldest first.</summary>
    public IReadOnlyList<MappingSummary> Mappings { get; init; } = [];
}
