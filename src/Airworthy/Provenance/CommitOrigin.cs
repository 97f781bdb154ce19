using Airworthy.Model;

namespace Airworthy.Provenance;

/// <summary>An earlier commit that a commit names as where it comes from.</summary>
/// <param name="Kind">What it does with the earlier one.</param>
/// <param name="Commit">The earlier commit; it need not be in the repository.</param>
public readonly record struct CommitOrigin(CommitOriginKind Kind, CommitId Commit);
