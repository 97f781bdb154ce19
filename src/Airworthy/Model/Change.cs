using System.Collections.Immutable;

namespace Airworthy.Model;

/// <summary>One change that reached the main line, whoever wrote it. It owns every commit that carried it.</summary>
/// <param name="Id">Its opaque id.</param>
/// <param name="Title">What it is about: the subject of the landing commit, or the title that a merge's body gives. From the repository: hostile.</param>
/// <param name="Landed">The commit that brought it to the main line: the merge, squash or rebased commit.</param>
/// <param name="Commits">All its commits, <paramref name="Landed"/> first: branch commits, and cherry-picks to other branches.</param>
/// <param name="PullRequest">The pull-request number; null when the history does not tell.</param>
/// <param name="LandedAt">The committer's time of <paramref name="Landed"/>, UTC. For display; order comes from ancestry.</param>
public sealed record Change(
    ChangeId Id, string Title, CommitId Landed, ImmutableArray<CommitId> Commits, int? PullRequest, DateTimeOffset LandedAt);
