using System.Collections.Immutable;
using Airworthy.Model;

namespace Airworthy.Provenance.PullRequests;

/// <summary>A pull request of GitHub or a merge request of GitLab, as far as it tells who wrote it. All text is bounded; none is trusted.</summary>
/// <param name="Forge">The forge it is of.</param>
/// <param name="Number">Its number in the repository.</param>
/// <param name="Author">The account that opened it.</param>
/// <param name="Branch">The branch it brings.</param>
/// <param name="Body">Its description.</param>
/// <param name="Labels">The names of its labels.</param>
/// <param name="MergeCommit">The commit that merged it, or the last one of a rebase; null when it was not merged so, or is not told.</param>
/// <param name="SquashCommit">The commit it was squashed to, where the forge tells that apart.</param>
/// <param name="CreatedAt">When it was opened; null when not told.</param>
/// <param name="MergedAt">When it was merged; null when it was not.</param>
public sealed record PullRequest(
    Forge Forge,
    int Number,
    string Author,
    string Branch,
    string Body,
    ImmutableArray<string> Labels,
    CommitId? MergeCommit,
    CommitId? SquashCommit,
    DateTimeOffset? CreatedAt,
    DateTimeOffset? MergedAt);
