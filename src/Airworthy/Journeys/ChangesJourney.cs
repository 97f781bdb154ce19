using System.Collections.Immutable;
using Airworthy.Git;
using Airworthy.Journeys.Queries;
using Airworthy.Journeys.Repositories;
using Airworthy.Model;

namespace Airworthy.Journeys;

/// <summary>The changes that landed in a repository: <c>airworthy changes list --repo</c>, without a server.</summary>
public static class ChangesJourney
{
    /// <summary>What landed on the first-parent line of <paramref name="revision"/>, the latest first.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="revision">The revision.</param>
    /// <param name="authorship">Only written by these; null for all.</param>
    /// <param name="since">Only what landed then or later; null for all.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <exception cref="GitException">The revision names no commit, or the history can't be read.</exception>
    public static async Task<ImmutableArray<LandedChange>> ListAsync(
        GitRepository repository, string revision, AuthorKind? authorship, DateTimeOffset? since, int limit, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(repository);
        if (limit < 1)
        {
            throw new JourneyException(Fault.Usage, $"--limit {limit} asks for nothing; give a number from 1");
        }

        var view = await RepositoryView.ReadAsync(repository.Name, repository, await repository.ResolveAsync(revision, cancel), cancel);
        return
        [
            .. view.Changes.Changes
                .Where(change => since is null || change.LandedAt >= since)
                .Select(change => (Change: change, Authorship: view.AuthorshipOf(change)))
                .Where(landed => authorship is null || landed.Authorship.Kind == authorship)
                .Take(limit)
                .Select(landed => Answer(repository.Name, landed.Change, landed.Authorship)),
        ];
    }

    private static LandedChange Answer(string repository, Change change, Authorship authorship) => new(
        repository,
        change.Id.Value,
        change.Title,
        change.Landed.Hex,
        change.PullRequest,
        change.LandedAt,
        authorship.Kind,
        Answers.Agents(authorship),
        [.. change.Commits.Select(commit => commit.Hex)]);
}
