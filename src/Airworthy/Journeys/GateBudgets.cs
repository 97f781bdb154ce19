using System.Collections.Immutable;
using System.Globalization;
using Airworthy.Git;
using Airworthy.Journeys.Debts;
using Airworthy.Journeys.Repositories;
using Airworthy.Model;
using Airworthy.Policies;

namespace Airworthy.Journeys;

/// <summary>
/// Holds a change against the policy's budgets of agent debt: where it adds AI-written code to paths that have one, all AI-written statements
/// there are counted at the head. Those that a server calls proven are not; without one, none is.
/// </summary>
internal static class GateBudgets
{
    /// <summary>The budgets that are exceeded, each as a problem of the change.</summary>
    public static async Task<ImmutableArray<ReportedProblem>> FindAsync(
        GitRepository repository, CommitId head, Policy policy, IReadOnlyCollection<ChangedUnit> units, DeclaredAuthors authors, DebtProduction? production, CancellationToken cancel)
    {
        var touched = policy.Budgets
            .Where(budget => units.Any(unit => unit.Executable && unit.Lines.Ai > 0 && budget.Paths.Any(glob => glob.Matches(unit.Unit.Path))))
            .ToDictionary(budget => budget, _ => 0L);
        if (touched.Count == 0)
        {
            return [];
        }

        var proven = production is null ? [] : await ProvenAsync(repository, head, production, cancel);
        var statements = new DebtStatements(repository, head, policy, authors);
        await foreach (var run in statements.ReadAsync(path => touched.Keys.Any(budget => budget.Paths.Any(glob => glob.Matches(path))), cancel))
        {
            if (run.By.Kind == AuthorKind.Ai && !proven.Contains(run.Commit))
            {
                foreach (var budget in touched.Keys.Where(budget => budget.Paths.Any(glob => glob.Matches(run.Path))))
                {
                    touched[budget] += run.Statements;
                }
            }
        }

        return
        [
            .. touched.Where(used => used.Value > used.Key.Statements).Select(used => new ReportedProblem(
                used.Key.Id,
                $"budget {used.Key.Name}",
                string.Create(CultureInfo.InvariantCulture, $"{used.Value:N0} AI-written statements would be unproven there, {used.Key.Statements:N0} may be{(production is null ? "; no server was asked which are proven (--server URL)" : "")}"),
                Policy.FileName.Value,
                Path: null,
                0,
                0)),
        ];
    }

    private static async Task<HashSet<CommitId>> ProvenAsync(GitRepository repository, CommitId head, DebtProduction production, CancellationToken cancel)
    {
        var view = await RepositoryView.ReadAsync(repository.Name, repository, head, cancel);
        return [.. view.Changes.Changes.Where(change => production.States.GetValueOrDefault(change.Id.Value) == ChangeState.Proven).SelectMany(change => change.Commits)];
    }
}
