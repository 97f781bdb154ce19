using Airworthy.Git;
using Airworthy.Incidents;
using Airworthy.Model;
using Airworthy.Provenance;

namespace Airworthy.Journeys;

/// <summary>Finds the change behind a failure, and who wrote it: incidents, lines and provenance together.</summary>
public static class AttributeJourney
{
    /// <summary>The answer for one failure of <paramref name="repository"/>; its changes are read only when there is a suspect.</summary>
    public static async Task<Attribution> RunAsync(GitRepository repository, AttributionQuery query, CancellationToken cancel)
    {
        var authorship = await AuthorshipReader.OpenAsync(repository, cancel);
        if (query.Revision.Commit is { } ran)
        {
            authorship.LearnPullRequests(ran, requests: [], cancel);
        }

        ChangeIndex? changes = null;
        return await RunAsync(
            repository,
            authorship,
            async (commit, stop) => (changes ??= await ChangesAsync(repository, query.Revision.Commit ?? commit, stop)).Of(commit)?.Id,
            query,
            cancel);
    }

    /// <summary>The same with what the caller already knows of the repository.</summary>
    public static Task<Attribution> RunAsync(
        GitRepository repository, AuthorshipReader authorship, ChangeLookup changeOf, AttributionQuery query, CancellationToken cancel)
    {
        var attributor = new Attributor(repository, async (commit, stop) => await authorship.OfAsync(commit, stop), changeOf);
        return attributor.AttributeAsync(query, cancel);
    }

    /// <summary>The changes of the branch when it holds the revision that ran, else of that revision's own history.</summary>
    private static async Task<ChangeIndex> ChangesAsync(GitRepository repository, CommitId ran, CancellationToken cancel)
    {
        var tip = await repository.TryResolveAsync("HEAD^{commit}", cancel);
        return await ChangeIndex.ReadAsync(repository, tip is { } head && await repository.IsAncestorAsync(ran, head, cancel) ? head : ran, cancel);
    }
}
