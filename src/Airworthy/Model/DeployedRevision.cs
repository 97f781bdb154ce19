namespace Airworthy.Model;

/// <summary>The revision a service ran, as far as can be told.</summary>
/// <param name="Commit">The commit; null when what was sent names none that the repository holds.</param>
/// <param name="Source">What told it; null when nothing did.</param>
/// <param name="Degraded">True when it is only the tip of a branch, so blame may name what was not released.</param>
public sealed record DeployedRevision(CommitId? Commit, RevisionSource? Source, bool Degraded);
