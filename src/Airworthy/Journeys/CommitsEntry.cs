using System.Collections.Immutable;
using Airworthy.Git;
using Airworthy.Model;
using Airworthy.Provenance;

namespace Airworthy.Journeys;

/// <summary>One commit of a range and who wrote it.</summary>
/// <param name="Commit">The commit.</param>
/// <param name="Change">The change it belongs to.</param>
/// <param name="Authorship">Who wrote it, with every signal.</param>
public sealed record CommitsEntry(Commit Commit, ChangeId Change, Authorship Authorship)
{
    /// <summary>The commits it says it cherry-picks or reverts.</summary>
    public ImmutableArray<CommitOrigin> Origins => LandingMarks.Origins(Commit);
}
