using System.Collections.Immutable;
using Airworthy.Model;

namespace Airworthy.Provenance;

/// <summary>
/// From signals to an answer: AI when some signal is strong or proof; a person only by an attestation; else unknown. All signals are
/// kept, whichever way it goes.
/// </summary>
internal static class AuthorshipRule
{
    /// <summary>The answer for a commit as a whole.</summary>
    public static Authorship OfCommit(ImmutableArray<Signal> signals)
    {
        if (signals.IsEmpty)
        {
            return Authorship.Unknown;
        }

        var counted = signals.Where(SaysAi).ToList();
        return counted.Count > 0
            ? new Authorship(AuthorKind.Ai, Agents(counted), signals, AuthorshipBasis.Commit)
            : new Authorship(signals.Any(AttestsPerson) ? AuthorKind.Human : AuthorKind.Unknown, [], signals, AuthorshipBasis.Commit);
    }

    /// <summary>True when <paramref name="signal"/> alone makes a commit AI-written.</summary>
    public static bool SaysAi(Signal signal) => signal is { Agent: not null, Strength: SignalStrength.Strong or SignalStrength.Proof };

    private static bool AttestsPerson(Signal signal) => signal is { Agent: null, Strength: SignalStrength.Proof };

    /// <summary>
    /// The agents of <paramref name="signals"/>, each once: what one signal tells of the model and another of the session is one agent,
    /// and <c>copilot</c> beside <c>copilot-coding-agent</c> is the latter.
    /// </summary>
    private static ImmutableArray<Agent> Agents(List<Signal> signals)
    {
        var told = signals.Select(signal => signal.Agent!).Distinct().ToList();
        if (told.Count == 1)
        {
            return [told[0]];
        }

        var names = told.Select(agent => agent.Name).Distinct(StringComparer.Ordinal).ToList();
        return
        [
            .. told
                .GroupBy(agent => Specific(agent.Name, names), StringComparer.Ordinal)
                .SelectMany(group => Join(group.Key, [.. group])),
        ];
    }

    private static string Specific(string name, List<string> names)
    {
        var finer = names.Where(other => other.StartsWith($"{name}-", StringComparison.Ordinal)).ToList();
        return finer.Count == 1 ? finer[0] : name;
    }

    private static IEnumerable<Agent> Join(string name, List<Agent> told)
    {
        var whole = told.Where(agent => agent is { Model: not null, Session: not null }).Select(agent => agent with { Name = name }).ToList();
        var models = told.Where(agent => agent is { Model: not null, Session: null }).Select(agent => agent.Model!)
            .Where(model => whole.TrueForAll(agent => agent.Model != model)).Distinct(StringComparer.Ordinal).ToList();
        var sessions = told.Where(agent => agent is { Model: null, Session: not null }).Select(agent => agent.Session!)
            .Where(session => whole.TrueForAll(agent => agent.Session != session)).Distinct(StringComparer.Ordinal).ToList();
        if (models.Count == 1 || sessions.Count == 1)
        {
            // Only one way to pair them.
            return whole.Concat(
                from model in models.DefaultIfEmpty()
                from session in sessions.DefaultIfEmpty()
                select new Agent(name, model, session)).Distinct();
        }

        var apart = whole
            .Concat(models.Select(model => new Agent(name, model)))
            .Concat(sessions.Select(session => new Agent(name, Session: session)))
            .ToList();
        return apart.Count > 0 ? apart : [new Agent(name)];
    }
}
