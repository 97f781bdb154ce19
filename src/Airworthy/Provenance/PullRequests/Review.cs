using Airworthy.Model;

namespace Airworthy.Provenance.PullRequests;

/// <summary>One review of a pull request.</summary>
/// <param name="By">The account.</param>
/// <param name="IsMachine">True when the forge says that it is no person's.</param>
/// <param name="State">What it said.</param>
/// <param name="At">When; null when not told.</param>
/// <param name="Commit">The commit that was reviewed; null when the forge does not tell.</param>
public sealed record Review(string By, bool IsMachine, ReviewState State, DateTimeOffset? At, CommitId? Commit);
