using System.Collections.Immutable;
using Airworthy.Debt;
using Airworthy.Git;
using Airworthy.Journeys.Repositories;
using Airworthy.Model;
using Airworthy.Policies;
using Airworthy.Provenance;
using Airworthy.Provenance.PullRequests;

namespace Airworthy.Journeys.Debts;

/// <summary>How much AI-written code runs in production that production has not proven: <c>airworthy debt</c>.</summary>
public static class DebtJourney
{
    private const int ReworkDays = 30;

    /// <summary>Counts the debt.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="asked">The revision to count; null: what runs in production as the server tells, else the head.</param>
    /// <param name="production">What a server tells; null when none was asked: then nothing counts as proven.</param>
    /// <param name="reviews">Reviews of pull requests; none when not given.</param>
    /// <param name="clock">Where ages are counted from.</param>
    /// <param name="progress">Told how far the work is; may be null.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <exception cref="FaultException">The revision or the policy can't be read, or the clone is shallow.</exception>
    public static async Task<DebtReport> RunAsync(
        GitRepository repository, string? asked, DebtProduction? production, IReadOnlyCollection<ReviewFacts> reviews, TimeProvider clock, IProgress<ScanStep>? progress, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(repository);
        ArgumentNullException.ThrowIfNull(clock);
        var running = asked is null ? await RunningAsync(repository, production, cancel) : null;
        var revision = running ?? await repository.ResolveAsync(asked ?? "HEAD", cancel);
        ReworkJourney.RefuseShallow(repository);
        var authors = await DeclaredAuthors.OpenAsync(repository, revision, requests: [], cancel);
        var history = new LandingHistory();
        var commits = new Dictionary<CommitId, Commit>();
        var view = await RepositoryView.ReadAsync(repository.Name, repository, revision, authors, Met, cancel);
        var patterns = await DebtRates.AskedAsync(view, commits, authors.Reader, cancel);
        var landings = history.Of(revision, clock.GetUtcNow());
        var statements = new DebtStatements(repository, revision, view.Policy, authors);
        var releases = await DebtReleases.FindAsync(repository, revision, landings, statements.Runs, cancel);
        var added = new Dictionary<CommitId, long>();
        var (rework, _) = await ReworkJourney.CountAsync(
            repository, revision, landings, new ReworkQuery([ReworkDays], Since: null), authors, commit => view.AuthorshipOf(commit).Kind, patterns, Took, progress, cancel);
        var owners = Owners(view.Changes.Changes);
        var count = new DebtCount(clock.GetUtcNow());
        var budgets = view.Policy.Budgets.ToDictionary(budget => budget, _ => 0L);
        var read = 0L;
        await foreach (var run in statements.ReadAsync(_ => true, cancel))
        {
            var change = owners.GetValueOrDefault(run.Commit);
            var isProven = change is not null && production?.States.GetValueOrDefault(change.Id.Value) == ChangeState.Proven;
            var calls = run.Unit is { } unit ? production?.Calls.GetValueOrDefault(unit.Symbol) ?? 0 : 0;
            count.Add(run.Path, run.By with { Agents = ModelName.Fold(run.By.Agents) }, change?.LandedAt ?? landings.Until, run.Statements, isProven, DebtWeight.Of(CriticalityOf(view.Policy, run.Path), calls), calls > 0);
            foreach (var budget in view.Policy.Budgets.Where(budget => run.By.Kind == AuthorKind.Ai && !isProven && budget.Paths.Any(glob => glob.Matches(run.Path))))
            {
                budgets[budget] += run.Statements;
            }

            progress?.Report(new ScanStep("counting statements", read += run.Statements, Total: null));
        }

        return new DebtReport(
            repository.Name,
            revision,
            running is not null,
            production,
            count.Figures(),
            DebtRates.Of(view, production, rework, patterns),
            Reviews(view, reviews, added),
            production?.Incidents.Count(incident => incident.Suspect is not null),
            releases.Found(),
            [.. view.Policy.Budgets.Select(budget => new DebtBudgetUse(budget.Name, budgets[budget], budget.Statements))],
            statements.Unread);

        void Met(Commit commit)
        {
            history.Add(commit);
            commits[commit.Id] = commit;
        }

        void Took(LineLifetime life, int lines, AuthorKind by)
        {
            releases.Add(life, lines, by);
            added[life.Born] = added.GetValueOrDefault(life.Born) + lines;
        }
    }

    private static int CriticalityOf(Policy policy, RepoPath path) => policy.AreasOf(path) is [var area, ..] ? 1 + (int)area.Criticality : 1;

    /// <summary>The commit that production calls most, of those that are here.</summary>
    private static async Task<CommitId?> RunningAsync(GitRepository repository, DebtProduction? production, CancellationToken cancel)
    {
        foreach (var revision in production?.Revisions ?? [])
        {
            if (await repository.TryResolveAsync(revision, cancel) is { } commit)
            {
                return commit;
            }
        }

        return null;
    }

    private static Dictionary<CommitId, Change> Owners(IEnumerable<Change> changes)
    {
        var owners = new Dictionary<CommitId, Change>();
        foreach (var change in changes)
        {
            foreach (var commit in change.Commits)
            {
                owners.TryAdd(commit, change);
            }
        }

        return owners;
    }

    private static ImmutableArray<DebtReview> Reviews(RepositoryView view, IReadOnlyCollection<ReviewFacts> reviews, Dictionary<CommitId, long> added)
    {
        var byNumber = view.Changes.Changes.Where(change => change.PullRequest is not null).GroupBy(change => change.PullRequest!.Value).ToDictionary(group => group.Key, group => group.First());
        var told = reviews.Where(review => byNumber.ContainsKey(review.Number)).ToLookup(review => view.AuthorshipOf(byNumber[review.Number]).Kind);
        return told.Count == 0 ? [] :
        [
            .. new[] { AuthorKind.Ai, AuthorKind.Unknown, AuthorKind.Human }.Select(kind =>
            {
                var of = told[kind].ToArray();
                return new DebtReview(
                    kind,
                    of.Length,
                    Median(of.Select(review => review.TimeToApproval?.TotalMinutes)),
                    Median(of.Select(review => byNumber[review.Number].Commits.Sum(commit => added.GetValueOrDefault(commit)) is > 0 and var lines ? review.TimeToApproval?.TotalMinutes * 100 / lines : null)),
                    of.Length == 0 ? 0 : of.Average(review => review.Rounds),
                    of.Length == 0 ? 0 : of.Average(review => review.Comments.Count(comment => !comment.IsMachine)));
            }),
        ];
    }

    private static double? Median(IEnumerable<double?> told)
    {
        double[] values = [.. told.OfType<double>().Order()];
        return values.Length == 0 ? null : (values[(values.Length - 1) / 2] + values[values.Length / 2]) / 2;
    }
}
