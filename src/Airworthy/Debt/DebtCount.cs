using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Airworthy.Model;

namespace Airworthy.Debt;

/// <summary>Counts agent debt: add every statement of a revision, then ask for the figures.</summary>
/// <param name="now">Where ages are counted from.</param>
public sealed class DebtCount(DateTimeOffset now)
{
    private static readonly (int Days, string Name)[] s_ages = [(30, "up to 30 days"), (90, "31 to 90 days"), (365, "91 to 365 days"), (int.MaxValue, "more than a year")];

    private readonly Dictionary<string, Tally> _folders = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Tally> _agents = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Tally> _models = new(StringComparer.Ordinal);
    private readonly Tally[] _ages = new Tally[s_ages.Length];
    private Tally _all;
    private long _unknown;
    private long _human;
    private long _exposed;

    /// <summary>Adds statements of one author that stand together.</summary>
    /// <param name="path">Their file.</param>
    /// <param name="by">Who wrote them.</param>
    /// <param name="landed">When.</param>
    /// <param name="statements">How many.</param>
    /// <param name="isProven">True when production has proven the change that brought them.</param>
    /// <param name="weight">What each weighs.</param>
    /// <param name="isExposed">True when production was seen to call their function.</param>
    public void Add(RepoPath path, Authorship by, DateTimeOffset landed, int statements, bool isProven, double weight, bool isExposed)
    {
        ArgumentNullException.ThrowIfNull(by);
        if (by.Kind != AuthorKind.Ai)
        {
            (_unknown, _human) = by.Kind == AuthorKind.Human ? (_unknown, _human + statements) : (_unknown + statements, _human);
            return;
        }

        var tally = new Tally(statements, isProven ? 0 : statements, isProven ? 0 : statements * weight);
        _all += tally;
        _exposed += isExposed ? tally.Unproven : 0;
        Into(_folders, path.Value.Split('/', 2)[0], tally);
        foreach (var agent in by.Agents.Select(agent => agent.Name).Distinct(StringComparer.Ordinal))
        {
            Into(_agents, agent, tally);
        }

        foreach (var model in by.Agents.Where(agent => agent.Model is not null).Select(agent => $"{agent.Name} {agent.Model}").Distinct(StringComparer.Ordinal))
        {
            Into(_models, model, tally);
        }

        _ages[Array.FindIndex(s_ages, age => (now - landed).TotalDays <= age.Days)] += tally;
    }

    /// <summary>The figures over all that was added.</summary>
    public DebtFigures Figures() => new(
        Group("ai", _all), _unknown, _human, _exposed, Groups(_folders), Groups(_agents), Groups(_models), [.. s_ages.Select((age, i) => Group(age.Name, _ages[i]))]);

    private static void Into(Dictionary<string, Tally> groups, string name, Tally tally)
    {
        ref var group = ref CollectionsMarshal.GetValueRefOrAddDefault(groups, name, out _);
        group += tally;
    }

    private static ImmutableArray<DebtGroup> Groups(Dictionary<string, Tally> groups) =>
        [.. groups.Select(group => Group(group.Key, group.Value)).OrderByDescending(group => group.Weighted).ThenByDescending(group => group.Statements).ThenBy(group => group.Name, StringComparer.Ordinal)];

    private static DebtGroup Group(string name, Tally tally) => new(name, tally.Statements, tally.Unproven, tally.Weighted);

    private readonly record struct Tally(long Statements, long Unproven, double Weighted)
    {
        public static Tally operator +(Tally a, Tally b) => new(a.Statements + b.Statements, a.Unproven + b.Unproven, a.Weighted + b.Weighted);
    }
}
