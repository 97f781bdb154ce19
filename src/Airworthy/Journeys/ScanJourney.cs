using Airworthy.Git;
using Airworthy.Model;
using Airworthy.Provenance.PullRequests;

namespace Airworthy.Journeys;

/// <summary>Who wrote a repository: <c>airworthy scan</c>. One walk over history for the commits, line history for the lines.</summary>
public static class ScanJourney
{
    /// <summary>Scans the history and the files of <paramref name="revision"/>.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="revision">The commit looked at.</param>
    /// <param name="requests">Pull requests as a forge told them; none when it was not asked.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancel">Ends the work.</param>
    public static async Task<ScanReport> RunAsync(
        GitRepository repository,
        CommitId revision,
        IReadOnlyCollection<PullRequest> requests,
        IProgress<ScanStep>? progress,
        CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(repository);
        ArgumentNullException.ThrowIfNull(requests);
        repository.Lines.Prepare(revision);
        var authors = await DeclaredAuthors.OpenAsync(repository, revision, requests, cancel);
        var read = 0L;
        var count = new ScanCount();

        await foreach (var commit in repository.HistoryAsync(revision.Hex, cancel))
        {
            count.Add(commit, await authors.OfAsync(commit, cancel));
            progress?.Report(new ScanStep("reading commits", ++read, Total: null));
        }

        var files = await repository.FilesAsync(revision, cancel);
        var traced = 0;
        await foreach (var file in repository.Lines.OriginsAsync(paths: null, revision, cancel, count.Skip))
        {
            count.Add(file.Path, await authors.OfFileAsync(file, cancel));
            progress?.Report(new ScanStep("tracing lines of files", ++traced, files.Length));
        }

        var commits = count.Commits;
        return new ScanReport(
            repository.Name,
            revision,
            repository.IsShallow,
            commits.Counted,
            count.Lines,
            count.LinesKnownByLine,
            commits.KnownFrom,
            commits.Hinted,
            commits.Trend,
            count.Agents(),
            count.Folders(),
            files.Length,
            count.Skipped(),
            ScanDisclosure.Find(commits.Trend),
            await authors.Reader.PullRequestHeadsAsync(),
            requests.Count,
            authors.Reader.Records,
            authors.Reader.UnreadableNotes);
    }
}
