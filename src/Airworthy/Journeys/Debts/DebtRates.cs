using System.Collections.Immutable;
using Airworthy.Debt;
using Airworthy.Git;
using Airworthy.Journeys.Repositories;
using Airworthy.Model;
using Airworthy.Provenance;
using Airworthy.Statistics;

namespace Airworthy.Journeys.Debts;

/// <summary>How often changes failed, were proven and were reworked.</summary>
/// <param name="Authors">By who wrote them: ai, unknown, human.</param>
/// <param name="Sessions">Changes of agents by agent and session, the one with the most changes first.</param>
/// <param name="Prompts">Changes of agents by how they were asked for: each counts for one pattern of each kind.</param>
/// <param name="InSession">Changes of agents whose session a record names: <paramref name="Sessions"/> speaks of these alone.</param>
/// <param name="Asked">Changes of agents whose prompt is kept: <paramref name="Prompts"/> speaks of these alone.</param>
public sealed record DebtRates(
    ImmutableArray<DebtRate> Authors, ImmutableArray<DebtRate> Sessions, ImmutableArray<DebtRate> Prompts, int InSession, int Asked)
{
    /// <summary>Changes that agents wrote.</summary>
    public int OfAgents => Authors[0].Landed;

    /// <summary>How the commits of agents' changes were asked for: all of a change together, so that changes and their lines are grouped alike.</summary>
    internal static async Task<Dictionary<CommitId, ImmutableArray<string>>> AskedAsync(
        RepositoryView view, IReadOnlyDictionary<CommitId, Commit> commits, AuthorshipReader reader, CancellationToken cancel)
    {
        var asked = new Dictionary<CommitId, ImmutableArray<string>>();
        foreach (var change in view.Changes.Changes.Where(change => view.AuthorshipOf(change).Kind == AuthorKind.Ai))
        {
            var prompts = ImmutableArray.CreateBuilder<Prompt>();
            foreach (var commit in change.Commits)
            {
                if (commits.TryGetValue(commit, out var read))
                {
                    prompts.AddRange(await reader.PromptsAsync(read, cancel));
                }
            }

            if (PromptPattern.Of(prompts.ToImmutable()) is { IsEmpty: false } patterns)
            {
                foreach (var commit in change.Commits)
                {
                    asked[commit] = patterns;
                }
            }
        }

        return asked;
    }

    internal static DebtRates Of(
        RepositoryView view, DebtProduction? production, ReworkFigures rework, IReadOnlyDictionary<CommitId, ImmutableArray<string>> asked)
    {
        var changes = view.Changes.Changes.Select(change => (Change: change, By: view.AuthorshipOf(change))).ToList();
        var agents = changes.Where(one => one.By.Kind == AuthorKind.Ai).ToList();
        var inSession = agents.Select(one => (one.Change, Names: SessionsOf(one.By))).Where(one => !one.Names.IsEmpty).ToList();
        var told = agents.Where(one => asked.ContainsKey(one.Change.Landed)).Select(one => (one.Change, Names: asked[one.Change.Landed])).ToList();
        return new DebtRates(
            [
                .. new[] { AuthorKind.Ai, AuthorKind.Unknown, AuthorKind.Human }.Select(kind => Rate(
                    Words.Of(kind), changes.Where(one => one.By.Kind == kind).Select(one => one.Change), suspect => suspect.Authorship == kind, rework.Authors)),
            ],
            Rates(inSession, rework.Sessions),
            Rates(told, rework.Prompts),
            inSession.Count,
            told.Count);

        ImmutableArray<DebtRate> Rates(List<(Change Change, ImmutableArray<string> Names)> named, ImmutableArray<ReworkGroup> lines) =>
        [
            .. named
                .SelectMany(one => one.Names.Select(name => (Name: name, one.Change)))
                .GroupBy(pair => pair.Name, pair => pair.Change, StringComparer.Ordinal)
                .Select(group => Rate(group.Key, group, suspect => group.Any(change => change.Id.Value == suspect.Change), lines))
                .OrderByDescending(rate => rate.Landed).ThenBy(rate => rate.By, StringComparer.Ordinal),
        ];

        DebtRate Rate(string name, IEnumerable<Change> of, Func<Queries.IncidentSuspect, bool> isTheirs, ImmutableArray<ReworkGroup> lines)
        {
            var states = of.Select(change => (
                Reverted: view.RevertOf(change) is not null,
                State: production?.States.TryGetValue(change.Id.Value, out var state) == true ? state : (ChangeState?)null)).ToArray();
            return new DebtRate(
                name,
                states.Length,
                states.Count(one => one.Reverted || one.State == ChangeState.Suspect),
                production is null ? null : states.Count(one => one.Reverted || one.State is ChangeState.Suspect or ChangeState.Proven),
                production is null ? null : states.Count(one => !one.Reverted && one.State == ChangeState.Proven),
                production?.Incidents.Count(incident => incident.Suspect is { Role: SuspectRole.Caused } suspect && isTheirs(suspect)),
                lines.FirstOrDefault(group => group.Name == name)?.Rework[0].Lines ?? ClusteredShare.Of([]));
        }
    }

    private static ImmutableArray<string> SessionsOf(Authorship author) =>
        [.. author.Agents.Where(agent => agent.Session is not null).Select(agent => $"{agent.Name} {agent.Session}").Distinct(StringComparer.Ordinal)];
}
