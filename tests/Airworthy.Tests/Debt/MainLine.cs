using System.Collections.Immutable;
using Airworthy.Debt;
using Airworthy.Git;
using Airworthy.Model;

namespace Airworthy.Tests.Debt;

/// <summary>A history made by hand: commits named by numbers, with the day each was committed.</summary>
internal sealed class MainLine
{
    private static readonly DateTimeOffset s_start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly LandingHistory _history = new();
    private CommitId _tip;

    public static CommitId Id(int number) => CommitId.Parse(number.ToString("x40", null));

    public static DateTimeOffset Day(double day) => s_start.AddDays(day);

    /// <summary>Adds a commit; the last one added is the tip.</summary>
    public MainLine Commit(int number, double day, params int[] parents)
    {
        _tip = Id(number);
        var identity = new Identity("Ada", "ada@example.org");
        _history.Add(new Commit(_tip, [.. parents.Select(Id)], identity, Day(-1000), identity, Day(day), "A commit"));
        return this;
    }

    public Landings Landings() => _history.Of(_tip, s_start.AddDays(3650));

    /// <summary>Lines born in one commit and gone in another, or living.</summary>
    public static LineLifetime Life(int lines, int born, int? died = null, bool replaced = false, int moves = 0, string path = "src/a.cs") =>
        new(Id(born), new RepoPath(path), 1, died is { } by ? Id(by) : null, replaced, moves, lines);

    public static Authorship Ai(params Agent[] agents) => new(AuthorKind.Ai, [.. agents], [], AuthorshipBasis.Commit);

    public static ReworkQuery Within(params ImmutableArray<int> days) => new(days, Since: null);
}
