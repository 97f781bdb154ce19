using Airworthy.Git;
using Airworthy.Model;
using Airworthy.Provenance;
using Airworthy.Provenance.PullRequests;

namespace Airworthy.Journeys;

/// <summary>All that is known of one commit: <c>airworthy show</c>.</summary>
public static class ShowJourney
{
    /// <summary>Gathers what is known of a commit.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="id">The commit.</param>
    /// <param name="revision">The commit whose history and files are looked at.</param>
    /// <param name="requests">Pull requests as a forge told them; none when it was not asked.</param>
    /// <param name="withPrompts">Whether the prompts behind the commit are read, which may be private.</param>
    /// <param name="progress">Told how far the work is; may be null.</param>
    /// <param name="cancel">Ends the work.</param>
    public static async Task<ShowReport> RunAsync(
        GitRepository repository,
        CommitId id,
        CommitId revision,
        IReadOnlyCollection<PullRequest> requests,
        bool withPrompts,
        IProgress<ScanStep>? progress,
        CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(repository);
        var authors = await DeclaredAuthors.OpenAsync(repository, revision, requests, cancel);
        var commit = await repository.CommitAsync(id, cancel);
        var history = new ChangeHistory();
        var subjects = new Dictionary<CommitId, string>();
        await foreach (var ancestor in repository.HistoryAsync(revision.Hex, cancel))
        {
            history.Add(ancestor);
            await authors.OfAsync(ancestor, cancel);
            subjects[ancestor.Id] = ancestor.Subject;
            progress?.Report(new ScanStep("reading commits", subjects.Count, Total: null));
        }

        return new ShowReport(
            repository.Name,
            commit,
            await authors.OfAsync(commit, cancel),
            history.Index(revision).Of(id),
            revision,
            repository.IsShallow,
            subjects.ContainsKey(id) ? await LinesAsync(repository, id, revision, authors, subjects, cancel) : null,
            withPrompts ? await authors.Reader.PromptsAsync(id, cancel) : null,
            authors.Reader.UnreadableNotes);
    }

    private static async Task<ShowLines> LinesAsync(
        GitRepository repository,
        CommitId id,
        CommitId revision,
        DeclaredAuthors authors,
        Dictionary<CommitId, string> subjects,
        CancellationToken cancel)
    {
        var (written, tookAway) = (default(ScanTally), default(ScanTally));
        var (living, moved) = (0L, 0L);
        var successors = new Dictionary<CommitId, (long Replaced, long Deleted)>();
        await foreach (var life in repository.Lines.LifetimesAsync(revision, cancel))
        {
            if (life.Born != id)
            {
                tookAway = life.Died == id ? await PlusAsync(tookAway, life, authors, cancel) : tookAway;
                continue;
            }

            written = await PlusAsync(written, life, authors, cancel);
            if (life.Died is { } by)
            {
                var (replaced, deleted) = successors.GetValueOrDefault(by);
                successors[by] = life.Replaced ? (replaced + life.Lines, deleted) : (replaced, deleted + life.Lines);
            }
            else
            {
                living += life.Lines;
                moved += life.Moves > 0 ? life.Lines : 0;
            }
        }

        var takenBy = new List<ShowSuccessor>();
        foreach (var (by, (replaced, deleted)) in successors)
        {
            takenBy.Add(new ShowSuccessor(by, subjects[by], await authors.OfAsync(by, cancel), replaced, deleted));
        }

        var files = (await repository.Lines.FateAsync(id, revision, cancel)).Select(file => new ShowFile(file.Path, file.Spans.Sum(span => (long)span.Count)));
        return new ShowLines(
            written,
            living,
            moved,
            [.. files.OrderByDescending(file => file.Lines).ThenBy(file => file.Path)],
            [.. takenBy.OrderByDescending(one => one.Replaced + one.Deleted).ThenBy(one => one.Commit)],
            tookAway);
    }

    private static async ValueTask<ScanTally> PlusAsync(ScanTally tally, LineLifetime life, DeclaredAuthors authors, CancellationToken cancel)
    {
        foreach (var (lines, author) in await authors.OfLinesAsync(life.Path, new LineRun(life.Start, life.Lines, life.Born, life.Path, life.Start), cancel))
        {
            tally = tally.Plus(author.Kind, lines.Count);
        }

        return tally;
    }
}
