using Airworthy.Git;
using Airworthy.Incidents;
using Airworthy.Model;
using Airworthy.Provenance;
using Airworthy.Provenance.PullRequests;

namespace Airworthy.Journeys;

/// <summary>Finds the change behind a failure, and who wrote it: incidents, lines and provenance together.</summary>
public static class AttributeJourney
{
    /// <summary>The answer for one failure of <paramref name="repository"/>; its changes are read, and its authors, only when there is a suspect.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="query">What failed.</param>
    /// <param name="requests">Pull requests as a forge told them; none when it was not asked.</param>
    /// <param name="cancel">Ends the work.</param>
    public static Task<Attribution> RunAsync(
        GitRepository repository, AttributionQuery query, IReadOnlyCollection<PullRequest> requests, CancellationToken cancel)
    {
        ChangeIndex? changes = null;
        DeclaredAuthors? authors = null;
        return AttributorOf(
                repository,
                async (commit, stop) => await (await AuthorsAsync(commit, stop)).OfAsync(commit, stop),
                async (commit, stop) =>
                    (changes ??= await ChangesAsync(repository, query.Revision.Commit ?? commit, (await AuthorsAsync(commit, stop)).Reader, stop)).Of(commit)?.Id)
            .AttributeAsync(query, cancel);

        async Task<DeclaredAuthors> AuthorsAsync(CommitId commit, CancellationToken stop) =>
            authors ??= await DeclaredAuthors.OpenAsync(repository, query.Revision.Commit ?? commit, requests, stop);
    }

    /// <summary>The attributor of a repository, for one who knows its authors and changes.</summary>
    public static Attributor AttributorOf(GitRepository repository, AuthorshipLookup authorshipOf, ChangeLookup changeOf, FindingLookup? findingsOf = null) =>
        new(repository, authorshipOf, changeOf, (path, span, revision, cancel) => Deletions.InAsync(repository, path, span, revision, cancel), findingsOf);

    /// <summary>The changes of the branch when it holds the revision that ran, else of that revision's own history.</summary>
    private static async Task<ChangeIndex> ChangesAsync(GitRepository repository, CommitId ran, AuthorshipReader records, CancellationToken cancel)
    {
        var tip = await repository.TryResolveAsync("HEAD^{commit}", cancel);
        return await ChangeIndex.ReadAsync(repository, tip is { } head && await repository.IsAncestorAsync(ran, head, cancel) ? head : ran, records, cancel);
    }
}
