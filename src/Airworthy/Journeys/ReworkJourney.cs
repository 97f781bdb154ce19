using System.Collections.Immutable;
using Airworthy.Debt;
using Airworthy.Git;
using Airworthy.Model;
using Airworthy.Provenance;
using Airworthy.Provenance.PullRequests;

namespace Airworthy.Journeys;

/// <summary>How much was reworked, how long lines live, and who takes away whose: <c>airworthy rework</c>.</summary>
public static class ReworkJourney
{
    /// <summary>Follows every line of the history of <paramref name="revision"/> from its landing to its end.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="revision">The commit whose history is read, and whose first-parent line is the main line.</param>
    /// <param name="query">What is asked.</param>
    /// <param name="requests">Pull requests as a forge told them; none when it was not asked.</param>
    /// <param name="clock">Tells which dates are in the future, and not believed.</param>
    /// <param name="progress">Told how far the work is; may be null.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <exception cref="JourneyException">The clone is shallow.</exception>
    public static async Task<ReworkReport> RunAsync(
        GitRepository repository,
        CommitId revision,
        ReworkQuery query,
        IReadOnlyCollection<PullRequest> requests,
        TimeProvider clock,
        IProgress<ScanStep>? progress,
        CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(repository);
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(clock);
        RefuseShallow(repository);
        var authors = await DeclaredAuthors.OpenAsync(repository, revision, requests, cancel);
        var (landings, kinds, asked) = await HistoryAsync(repository, revision, authors, clock, progress, cancel);
        var (figures, coverage) = await CountAsync(repository, revision, landings, query, authors, commit => kinds[commit], asked, also: null, progress, cancel);
        return new ReworkReport(
            repository.Name, revision, query, landings.Until, landings.Count, landings.Disbelieved, figures, coverage, authors.Reader.UnreadableNotes);
    }

    /// <exception cref="JourneyException">The clone is shallow.</exception>
    internal static void RefuseShallow(GitRepository repository)
    {
        if (repository.IsShallow)
        {
            throw new JourneyException(
                Fault.Unavailable, $"what became of the lines of '{repository.Name}' can't be told: {GitRepository.Deepen}, then ask again");
        }
    }

    /// <summary>Counts the lifetime of every line, in one pass; <paramref name="also"/> is shown each, with how many lines of it one author wrote.</summary>
    internal static async Task<(ReworkFigures Figures, Coverage Coverage)> CountAsync(
        GitRepository repository,
        CommitId revision,
        Landings landings,
        ReworkQuery query,
        DeclaredAuthors authors,
        Func<CommitId, AuthorKind> kindOf,
        Dictionary<CommitId, ImmutableArray<string>>? asked,
        Action<LineLifetime, int, AuthorKind>? also,
        IProgress<ScanStep>? progress,
        CancellationToken cancel)
    {
        var count = new LifetimeCount(landings, query);
        var coverage = new CoverageCount();
        var told = 0L;
        await foreach (var life in repository.Lines.LifetimesAsync(revision, cancel))
        {
            var takenBy = life.Died is { } died ? kindOf(died) : AuthorKind.Unknown;
            foreach (var (lines, author) in await authors.OfLinesAsync(life.Path, new LineRun(life.Start, life.Lines, life.Born, life.Path, life.Start), cancel))
            {
                if (count.Add(life, lines.Count, author with { Agents = ModelName.Fold(author.Agents) }, takenBy) is { } landedAt)
                {
                    coverage.Add(author, landedAt, lines.Count);
                }

                also?.Invoke(life, lines.Count, author.Kind);
            }

            progress?.Report(new ScanStep("following lines", told += life.Lines, Total: null));
        }

        return (count.Figures(asked), coverage.Told());
    }

    private static async Task<(Landings Landings, Dictionary<CommitId, AuthorKind> Kinds, Dictionary<CommitId, ImmutableArray<string>> Asked)> HistoryAsync(
        GitRepository repository,
        CommitId revision,
        DeclaredAuthors authors,
        TimeProvider clock,
        IProgress<ScanStep>? progress,
        CancellationToken cancel)
    {
        var history = new LandingHistory();
        var kinds = new Dictionary<CommitId, AuthorKind>();
        var asked = new Dictionary<CommitId, ImmutableArray<string>>();
        await foreach (var commit in repository.HistoryAsync(revision.Hex, cancel))
        {
            history.Add(commit);
            kinds[commit.Id] = (await authors.OfAsync(commit, cancel)).Kind;
            if (kinds[commit.Id] == AuthorKind.Ai && PromptPattern.Of(await authors.Reader.PromptsAsync(commit, cancel)) is { IsEmpty: false } patterns)
            {
                asked[commit.Id] = patterns;
            }

            progress?.Report(new ScanStep("reading commits", kinds.Count, Total: null));
        }

        return (history.Of(revision, clock.GetUtcNow()), kinds, asked);
    }
}
