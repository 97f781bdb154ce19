using System.Globalization;
using Airworthy.Journeys.Queries;
using Airworthy.Journeys.Repositories;
using Airworthy.Model;
using Airworthy.Probation;

namespace Airworthy.Journeys.Probation;

/// <summary>Takes the word of a named person on a change, and ends it when its time is over.</summary>
public sealed class Decisions(IChangeLedger ledger, RepositoryIndexer indexer, ServerNews news, TimeProvider time)
{
    private const int MostLetters = 1_000;
    private const int MostChanges = 100_000;
    private static readonly TimeSpan s_usual = TimeSpan.FromDays(30);
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(366);

    /// <summary>Stores the decision and the step it makes.</summary>
    /// <exception cref="JourneyException">Something of it is missing or can't be.</exception>
    public async Task<Decision> DecideAsync(string repository, ChangeId change, DecisionRequest request, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(request);
        var now = time.GetUtcNow();
        var decision = new Decision(
            change,
            request.State != ChangeState.Proposed && Enum.IsDefined(request.State)
                ? request.State
                : throw Wrong("state must be experimental, proven, suspect or withdrawn"),
            Text("by", request.By, "the name of who decides"),
            Text("reason", request.Reason, "why"),
            now,
            request.Until ?? now + s_usual);
        if (decision.Until <= now || decision.Until > now + s_longest)
        {
            throw Wrong(string.Create(CultureInfo.InvariantCulture, $"a decision until {decision.Until:yyyy-MM-dd} can't be: give a day within the next year"));
        }

        var tracked = await ledger.GetAsync(repository, change, cancel)
            ?? throw Wrong($"there is no change {change} in repository {repository}");
        var reason = string.Create(CultureInfo.InvariantCulture, $"{decision.By} decided so until {decision.Until:yyyy-MM-dd}: {decision.Reason}");
        var step = new Transition(change, tracked.State, decision.State, now, reason, Incident: null, PolicyDigest(repository));
        if (!await ledger.DecideAsync(repository, step, decision, cancel))
        {
            throw Wrong($"change {change} has just become something else; look at it again");
        }

        news.Tell(new ServerEvent("change", $"{repository}/{change}"));
        return decision;
    }

    /// <summary>Ends the decisions whose time is over: the change is experimental again, and all that is known of it counts.</summary>
    public async Task ExpireAsync(CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        foreach (var (repository, decision) in await ledger.DecisionsAsync(cancel))
        {
            if (decision.Until > now)
            {
                continue;
            }

            var state = (await ledger.GetAsync(repository, decision.Change, cancel))?.State ?? ChangeState.Experimental;
            var step = new Transition(
                decision.Change, state, ChangeState.Experimental, now, $"The decision of {decision.By} has run out.", Incident: null, PolicyDigest(repository));
            await ledger.DecideAsync(repository, step, decision: null, cancel);
            news.Tell(new ServerEvent("change", $"{repository}/{decision.Change}"));
        }
    }

    /// <summary>The decisions that hold in a repository, by change.</summary>
    public async Task<IReadOnlyDictionary<ChangeId, Decision>> InForceAsync(string repository, CancellationToken cancel) =>
        (await ledger.DecisionsAsync(cancel))
            .Where(decided => string.Equals(decided.Repository, repository, StringComparison.Ordinal))
            .Take(MostChanges)
            .ToDictionary(decided => decided.Decision.Change, decided => decided.Decision);

    /// <summary>A text that must be there, of a bounded length.</summary>
    internal static string Text(string name, string? value, string what) => value?.Trim() switch
    {
        null or "" => throw Wrong($"'{name}' is missing: say {what}"),
        { Length: > MostLetters } => throw Wrong(string.Create(CultureInfo.InvariantCulture, $"'{name}' is longer than {MostLetters} letters")),
        var text => text,
    };

    private string PolicyDigest(string repository) => indexer.AtTip(repository)?.Policy.Digest ?? Policies.Policy.Default.Digest;

    private static JourneyException Wrong(string problem) => new(Fault.Usage, problem);
}
