using Airworthy.Model;

namespace Airworthy.Journeys.Queries;

/// <summary>A change in the list that a repository alone gives, without a server: what landed, not where it stands.</summary>
/// <param name="Repository">The repository's name.</param>
/// <param name="Id">The change's id.</param>
/// <param name="Title">What it is about. From the repository: hostile.</param>
/// <param name="Sha">The landing commit.</param>
/// <param name="PullRequest">The pull request; null when the history does not tell.</param>
/// <param name="LandedAt">When it landed, UTC.</param>
/// <param name="Authorship">Who wrote it.</param>
/// <param name="Agents">The agents that wrote it.</param>
/// <param name="Commits">Its commits, the landing one first: also those of its branch and its picks on other branches.</param>
public sealed record LandedChange(
    string Repository,
    string Id,
    string Title,
    string Sha,
    int? PullRequest,
    DateTimeOffset LandedAt,
    AuthorKind Authorship,
    IReadOnlyList<WrittenBy> Agents,
    IReadOnlyList<string> Commits);
