using Airworthy.Model;

namespace Airworthy.Journeys.Queries;

/// <summary>A change in a list.</summary>
/// <param name="Repository">The repository's name.</param>
/// <param name="Id">The change's id.</param>
/// <param name="Title">The subject of the landing commit. From the repository: hostile.</param>
/// <param name="Sha">The landing commit.</param>
/// <param name="PullRequest">The pull request; null when the history does not tell.</param>
/// <param name="LandedAt">When it landed, UTC.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Since">Since when, UTC.</param>
/// <param name="Authorship">Who wrote it.</param>
/// <param name="Agents">The agents that wrote it.</param>
/// <param name="Calls">Calls of its units in production, with it, that were judged: those of the last five minutes are not among them yet.</param>
/// <param name="Services">The services it was seen running in.</param>
public sealed record ChangeSummary(
    string Repository,
    string Id,
    string Title,
    string Sha,
    int? PullRequest,
    DateTimeOffset LandedAt,
    ChangeState State,
    DateTimeOffset Since,
    AuthorKind Authorship,
    IReadOnlyList<WrittenBy> Agents,
    long Calls,
    IReadOnlyList<string> Services);
