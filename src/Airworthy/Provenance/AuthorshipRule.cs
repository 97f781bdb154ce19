using System.Collections.Immutable;
using Airworthy.Model;
using Airworthy.Provenance.Records;

namespace Airworthy.Provenance;

/// <summary>
/// From signals to an answer. Evidence is merged, never the first taken: AI when some signal is strong or proof; a person only by an
/// attestation; else unknown. A record of the very line weighs more than its commit. All signals are kept, whichever way it goes, and
/// those that say otherwise than the answer are kept as its conflicts.
/// </summary>
internal static class AuthorshipRule
{
    // Tools that record the work of agents; no agents themselves.
    private static readonly string[] s_recorders = [EntireRecords.Recorder];

    /// <summary>The answer for a commit as a whole.</summary>
    public static Authorship OfCommit(ImmutableArray<Signal> signals)
    {
        if (signals.IsEmpty)
        {
            return Authorship.Unknown;
        }

        var counted = signals.Where(SaysAi).ToList();
        if (counted.Count == 0)
        {
            return new Authorship(signals.Any(AttestsPerson) ? AuthorKind.Human : AuthorKind.Unknown, [], signals, AuthorshipBasis.Commit);
        }

        // A source that names people and agents tells whose lines are whose; one that names people only contradicts.
        var mixed = counted.Select(signal => signal.Source).ToHashSet(StringComparer.Ordinal);
        return new Authorship(AuthorKind.Ai, Agents(counted), signals, AuthorshipBasis.Commit)
        {
            Conflicts = [.. signals.Where(signal => AttestsPerson(signal) && !mixed.Contains(signal.Source))],
        };
    }

    /// <summary>The answer for a line that records speak of, in a commit that <paramref name="unattested"/> is the answer for otherwise.</summary>
    public static Authorship OfLine(IReadOnlyList<LineTestimony> told, Authorship unattested)
    {
        var lines = told.Select(testimony => testimony.Signal).ToList();
        ImmutableArray<Signal> all = [.. lines, .. unattested.Signals];
        var agents = lines.Where(SaysAi).ToList();
        var people = lines.Where(AttestsPerson).ToList();
        var marks = unattested.Signals.Where(SaysAi);
        return (agents.Count, people.Count) switch
        {
            (0, 0) => unattested with { Signals = all },
            (0, _) => new Authorship(AuthorKind.Human, [], all, AuthorshipBasis.Line) { Conflicts = [.. marks] },
            (_, 0) => new Authorship(AuthorKind.Ai, Agents(agents), all, AuthorshipBasis.Line)
            {
                Conflicts = [.. Others(agents, [.. agents.Skip(1), .. marks])],
            },
            // Two records of the line, each as good as the other.
            _ => new Authorship(AuthorKind.Unknown, [], all, AuthorshipBasis.Line) { Conflicts = [.. agents, .. people] },
        };
    }

    /// <summary>True when <paramref name="signal"/> alone makes a commit AI-written.</summary>
    public static bool SaysAi(Signal signal) => signal is { Agent: not null, Strength: SignalStrength.Strong or SignalStrength.Proof };

    private static bool AttestsPerson(Signal signal) => signal is { Agent: null, Strength: SignalStrength.Proof };

    // Those that name another agent than the first record of the line does.
    private static IEnumerable<Signal> Others(List<Signal> told, IEnumerable<Signal> signals) =>
        signals.Where(signal => !AreOne(told[0].Agent!.Name, signal.Agent!.Name));

    private static bool AreOne(string left, string right) =>
        left == right
        || IsUnnamed(left)
        || IsUnnamed(right)
        || left.StartsWith($"{right}-", StringComparison.Ordinal)
        || right.StartsWith($"{left}-", StringComparison.Ordinal);

    private static bool IsUnnamed(string agent) => agent == AgentName.Unknown || s_recorders.Contains(agent, StringComparer.Ordinal);

    /// <summary>
    /// The agents of <paramref name="signals"/>, each once: what one signal tells of the model and another of the session is one agent,
    /// and <c>copilot</c> beside <c>copilot-coding-agent</c> is the latter.
    /// </summary>
    private static ImmutableArray<Agent> Agents(List<Signal> signals)
    {
        var told = signals.Select(signal => signal.Agent!).Distinct().ToList();
        if (told.Exists(agent => !IsUnnamed(agent.Name)))
        {
            told.RemoveAll(agent => s_recorders.Contains(agent.Name, StringComparer.Ordinal));
        }

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
