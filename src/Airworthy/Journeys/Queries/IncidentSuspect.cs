using Airworthy.Model;

namespace Airworthy.Journeys.Queries;

/// <summary>A commit that an incident's answer names.</summary>
/// <param name="Sha">The commit.</param>
/// <param name="Change">The change that owns it; null when none is known.</param>
/// <param name="Title">The commit's subject; null when it can't be read now. From the repository: hostile.</param>
/// <param name="Role">Caused or exposed.</param>
/// <param name="Score">Its share of belief, 0 to 1.</param>
/// <param name="Proof">How an experiment confirmed it; null when it is only suspicion.</param>
/// <param name="Reasons">Evidence one can check, the strongest first.</param>
/// <param name="Authorship">Who wrote it.</param>
/// <param name="Agents">The agents that wrote it.</param>
public sealed record IncidentSuspect(
    string Sha,
    string? Change,
    string? Title,
    SuspectRole Role,
    double Score,
    string? Proof,
    IReadOnlyList<string> Reasons,
    AuthorKind Authorship,
    IReadOnlyList<WrittenBy> Agents);
