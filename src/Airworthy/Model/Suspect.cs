using System.Collections.Immutable;

namespace Airworthy.Model;

/// <summary>A commit that may have caused an incident.</summary>
/// <param name="Commit">The commit.</param>
/// <param name="Change">The change that owns it.</param>
/// <param name="Role">Caused or exposed.</param>
/// <param name="Score">Its share of belief, 0 to 1; all suspects together at most 1.</param>
/// <param name="Proof">How an experiment confirmed it (e.g. <c>bisect</c>); null when it is only suspicion.</param>
/// <param name="Reasons">Evidence one can check, the strongest first.</param>
/// <param name="Authorship">Who wrote it: an annotation of the answer, never part of the score.</param>
public sealed record Suspect(
    CommitId Commit, ChangeId? Change, SuspectRole Role, double Score, string? Proof, ImmutableArray<string> Reasons, Authorship Authorship)
{
    /// <summary>The features that made its score, the weightiest first; empty where it was not ranked.</summary>
    public ImmutableArray<SuspectEvidence> Evidence { get; init; } = [];
}
