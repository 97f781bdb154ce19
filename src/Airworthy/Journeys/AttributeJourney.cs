using System.Globalization;
using Airworthy.Git;
using Airworthy.Incidents;
using Airworthy.Model;
using Airworthy.Provenance;
using Airworthy.Provenance.PullRequests;

namespace Airworthy.Journeys;

/// <summary>Finds the change behind a failure, and who wrote it: incidents, lines and provenance together.</summary>
public static class AttributeJourney
{
    /// <summary>The answer for one failure of <paramref name="repository"/>; its authors and changes are read while suspects are sought.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="query">What failed.</param>
    /// <param name="requests">Pull requests as a forge told them; none when it was not asked.</param>
    /// <param name="evidence">What trials found of changes before they merged; what proves them is no evidence here.</param>
    /// <param name="cancel">Ends the work.</param>
    public static async Task<Attribution> RunAsync(
        GitRepository repository, AttributionQuery query, IReadOnlyCollection<PullRequest> requests, IReadOnlyCollection<Evidence> evidence, CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var reading = query.Revision.Commit is { } ran ? Task.Run(() => ReadAsync(ran), stop.Token) : null;
        var found = evidence.Where(one => one is { Bad: > 0, Revision: not null } && !EvidenceFile.IsProduction(one)).ToArray();
        try
        {
            return await AttributorOf(
                    repository,
                    async (commit, token) => await (await KnownAsync(commit)).Authors.OfAsync(commit, token),
                    async (commit, _) => await ChangeOfAsync(commit),
                    found.Length == 0 ? null : FindingsAsync)
                .AttributeAsync(query, cancel);
        }
        finally
        {
            await stop.CancelAsync();
            await (reading ?? Task.CompletedTask).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        // A trial tries a branch; what landed of it may be another commit of the same change.
        async ValueTask<IReadOnlyList<ChangeFinding>> FindingsAsync(CommitId commit, CancellationToken token)
        {
            var findings = new List<ChangeFinding>();
            foreach (var one in found)
            {
                if (one.Revision == commit || (await ChangeOfAsync(one.Revision!.Value) is { } tried && tried == await ChangeOfAsync(commit)))
                {
                    findings.Add(new ChangeFinding(
                        IsTrial: true, string.Create(CultureInfo.InvariantCulture, $"{one.Source} found {one.Bad} of {one.Count} bad in {one.Unit} before it merged"), one.Unit));
                }
            }

            return findings;
        }

        async Task<ChangeId?> ChangeOfAsync(CommitId commit) => (await KnownAsync(commit)).Changes.Of(commit)?.Id;

        Task<(DeclaredAuthors Authors, ChangeIndex Changes)> KnownAsync(CommitId commit) => reading ??= ReadAsync(commit);

        async Task<(DeclaredAuthors Authors, ChangeIndex Changes)> ReadAsync(CommitId revision)
        {
            var authors = await DeclaredAuthors.OpenAsync(repository, revision, requests, stop.Token);
            return (authors, await ChangesAsync(repository, revision, authors.Reader, stop.Token));
        }
    }

    /// <summary>The attributor of a repository, for one who knows its authors and changes.</summary>
    public static Attributor AttributorOf(GitRepository repository, AuthorshipLookup authorshipOf, ChangeLookup changeOf, FindingLookup? findingsOf = null) =>
        new(repository, authorshipOf, changeOf, findingsOf);

    /// <summary>The changes of the branch when it holds the revision that ran, else of that revision's own history.</summary>
    private static async Task<ChangeIndex> ChangesAsync(GitRepository repository, CommitId ran, AuthorshipReader records, CancellationToken cancel)
    {
        var tip = await repository.TryResolveAsync("HEAD^{commit}", cancel);
        return await ChangeIndex.ReadAsync(repository, tip is { } head && await repository.IsAncestorAsync(ran, head, cancel) ? head : ran, records, cancel);
    }
}
