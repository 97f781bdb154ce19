using Airworthy.Model;

namespace Airworthy.Journeys.Queries;

/// <summary>The revision a service ran, and what told it.</summary>
/// <param name="Sha">The commit; null when what was sent names none that the repository holds.</param>
/// <param name="Source">What told it; null when nothing did.</param>
/// <param name="Degraded">True when it is only the tip of a branch.</param>
public sealed record RunningRevision(string? Sha, RevisionSource? Source, bool Degraded);
