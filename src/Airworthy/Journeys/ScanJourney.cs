using Airworthy.Git;
using Airworthy.Model;
using Airworthy.Provenance;

namespace Airworthy.Journeys;

/// <summary>Who wrote a repository: <c>airworthy scan</c>. One walk over history for the commits, line history for the lines.</summary>
public static class ScanJourney
{
    /// <summary>Scans the history and the files of <paramref name="revision"/>.</summary>
    public static async Task<ScanReport> RunAsync(
        GitRepository repository, CommitId revision, IProgress<ScanStep>? progress, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(repository);
        var authorship = await AuthorshipReader.OpenAsync(repository, cancel);
        var count = new ScanCount();

        await foreach (var commit in repository.HistoryAsync(revision.Hex, cancel))
        {
            count.Add(commit, await authorship.OfAsync(commit, cancel));
            progress?.Report(new ScanStep("reading commits", count.Commits.Total, Total: null));
        }

        var files = await repository.FilesAsync(revision, cancel);
        var traced = 0;
        await foreach (var file in repository.Lines.OriginsAsync(paths: null, revision, cancel, count.Skip))
        {
            count.Add(file.Path, await BlameJourney.RunsAsync(file, authorship, cancel));
            progress?.Report(new ScanStep("tracing lines of files", ++traced, files.Length));
        }

        return new ScanReport(
            repository.Name,
            revision,
            repository.IsShallow,
            count.Commits,
            count.Lines,
            count.LinesKnownByLine,
            count.KnownFrom(),
            count.Agents(),
            count.Folders(),
            files.Length,
            count.Skipped(),
            ScanDisclosure.Find(count.Months()),
            authorship.Records,
            authorship.UnreadableNotes);
    }
}
