using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Airworthy.Git;
using Airworthy.Model;
using Airworthy.Statistics;

namespace Airworthy.Debt;

/// <summary>
/// Counts what became of the lines that landed on a main line: add every lifetime of its history, then ask for the figures. Keeps one number
/// for all lines of a commit with the same author, folder and end.
/// </summary>
/// <param name="landings">When each commit of the history landed.</param>
/// <param name="query">What is asked.</param>
public sealed class LifetimeCount(Landings landings, ReworkQuery query)
{
    /// <summary>The days after landing for which survival is told.</summary>
    public static readonly ImmutableArray<int> SurvivalDays = [30, 90, 180, 365, 730, 1825];

    internal const string Unknown = "unknown";

    private static readonly (AuthorKind Kind, string Name)[] s_kinds = [(AuthorKind.Ai, "ai"), (AuthorKind.Human, "human"), (AuthorKind.Unknown, Unknown)];

    private readonly Dictionary<Fate, Tally> _fates = [];
    private readonly Dictionary<string, Writer> _writers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _folders = new(StringComparer.Ordinal);
    private long _knownByLine;
    private long _neverLanded;
    private long _earlier;

    /// <summary>Who wrote some lines, as far as the groups tell it apart.</summary>
    private sealed record Writer(AuthorKind Kind, ImmutableArray<string> Agents, ImmutableArray<string> Models, ImmutableArray<string> Sessions);

    /// <summary>What lines have in common that are counted together.</summary>
    private readonly record struct Fate(
        CommitId Born, int BornPlace, double Days, bool HasEnded, bool IsReplaced, AuthorKind By, Writer Writer, string Folder);

    private record struct Tally(long Lines, long Moved);

    /// <summary>Takes some lines of a lifetime, which one author wrote.</summary>
    /// <param name="life">What became of them.</param>
    /// <param name="lines">How many; a part of the lifetime's when its lines have several authors.</param>
    /// <param name="author">Who wrote them.</param>
    /// <param name="takenBy">Who wrote the commit that took them away; ignored while they live.</param>
    /// <returns>When they landed; null when no figure counts them.</returns>
    public DateTimeOffset? Add(LineLifetime life, long lines, Authorship author, AuthorKind takenBy)
    {
        ArgumentNullException.ThrowIfNull(life);
        ArgumentNullException.ThrowIfNull(author);
        var born = landings.Of(life.Born);
        var died = life.Died is { } by ? landings.Of(by) : (Landing?)null;
        if (died?.Place == born.Place)
        {
            _neverLanded += lines;
            return null;
        }

        if (born.At < query.Since)
        {
            _earlier += lines;
            return null;
        }

        _knownByLine += author is { Basis: AuthorshipBasis.Line, Kind: not AuthorKind.Unknown } ? lines : 0;
        var fate = new Fate(
            life.Born,
            born.Place,
            ((died?.At ?? landings.Until) - born.At).TotalDays,
            died is not null,
            life.Replaced,
            died is null ? AuthorKind.Unknown : takenBy,
            WriterOf(author),
            FolderOf(life.Path));
        ref var tally = ref CollectionsMarshal.GetValueRefOrAddDefault(_fates, fate, out _);
        tally = new Tally(tally.Lines + lines, tally.Moved + (life.Moves > 0 ? lines : 0));
        return born.At;
    }

    /// <summary>The figures over all that was added.</summary>
    /// <param name="asked">How the lines of a commit were asked of an agent, where that is known; null: of none.</param>
    public ReworkFigures Figures(IReadOnlyDictionary<CommitId, ImmutableArray<string>>? asked = null)
    {
        var all = _fates.Select(pair => (Fate: pair.Key, Count: pair.Value)).OrderBy(one => one.Fate.BornPlace).ToList();
        var answered = all.Where(one => one.Fate.Writer.Kind == AuthorKind.Ai && asked?.ContainsKey(one.Fate.Born) == true).ToList();
        return new ReworkFigures(
            Group("all", all),
            [.. s_kinds.Select(kind => Group(kind.Name, all.Where(one => one.Fate.Writer.Kind == kind.Kind)))],
            By(all, fate => fate.Writer.Agents),
            By(all, fate => fate.Writer.Models),
            By(all, fate => fate.Writer.Sessions),
            By(answered, fate => asked![fate.Born]),
            By(all, fate => [fate.Folder]),
            Overwrites(all),
            answered.Sum(one => one.Count.Lines),
            _knownByLine,
            _neverLanded,
            _earlier);
    }

    private ImmutableArray<ReworkGroup> By(List<(Fate Fate, Tally Count)> all, Func<Fate, ImmutableArray<string>> names) =>
    [
        .. all
            .SelectMany(one => names(one.Fate).Select(name => (Name: name, One: one)))
            .GroupBy(pair => pair.Name, pair => pair.One, StringComparer.Ordinal)
            .Select(group => Group(group.Key, group))
            .OrderByDescending(group => group.Lines).ThenBy(group => group.Name, StringComparer.Ordinal),
    ];

    private ReworkGroup Group(string name, IEnumerable<(Fate Fate, Tally Count)> members)
    {
        var fates = members.ToList();
        var commits = new Dictionary<CommitId, int>();
        foreach (var (fate, _) in fates)
        {
            commits.TryAdd(fate.Born, commits.Count);
        }

        var survival = KaplanMeier.Fit(fates.Select(one => new Observation(one.Fate.Days, one.Fate.HasEnded, one.Count.Lines, commits[one.Fate.Born])));
        return new ReworkGroup(
            name,
            commits.Count,
            fates.Sum(one => one.Count.Lines),
            fates.Where(one => !one.Fate.HasEnded).Sum(one => one.Count.Lines),
            fates.Where(one => one.Fate is { HasEnded: true, IsReplaced: true }).Sum(one => one.Count.Lines),
            fates.Where(one => one.Fate is { HasEnded: true, IsReplaced: false }).Sum(one => one.Count.Lines),
            fates.Sum(one => one.Count.Moved),
            [.. query.Days.Select(days => new ReworkShare(days, Reworked(fates, days)))],
            [.. SurvivalDays.Select(days => new ReworkSurvival(days, survival.At(days)))],
            survival.Median);
    }

    private ClusteredShare Reworked(List<(Fate Fate, Tally Count)> fates, int days)
    {
        var latest = landings.Until.AddDays(-days);
        return ClusteredShare.Of(
            fates
                .GroupBy(one => one.Fate.Born)
                .Where(commit => landings.Of(commit.Key).At <= latest)
                .Select(commit => (
                    commit.Where(one => one.Fate.HasEnded && one.Fate.Days <= days).Sum(one => one.Count.Lines),
                    commit.Sum(one => one.Count.Lines))));
    }

    private static ImmutableArray<Overwrite> Overwrites(List<(Fate Fate, Tally Count)> all)
    {
        var taken = all.Where(one => one.Fate.HasEnded).ToLookup(one => (one.Fate.Writer.Kind, one.Fate.By));
        return
        [
            .. from writer in s_kinds
               from taker in s_kinds
               let lines = taken[(writer.Kind, taker.Kind)].ToList()
               select new Overwrite(
                   writer.Kind,
                   taker.Kind,
                   lines.Where(one => one.Fate.IsReplaced).Sum(one => one.Count.Lines),
                   lines.Where(one => !one.Fate.IsReplaced).Sum(one => one.Count.Lines)),
        ];
    }

    private Writer WriterOf(Authorship author)
    {
        var models = author.Agents.Where(agent => agent.Model is not null).Select(agent => $"{agent.Name} {agent.Model}").Distinct(StringComparer.Ordinal);
        var sessions = author.Agents.Where(agent => agent.Session is not null).Select(agent => $"{agent.Name} {agent.Session}").Distinct(StringComparer.Ordinal);
        var writer = new Writer(author.Kind, [.. author.Agents.Select(agent => agent.Name).Distinct(StringComparer.Ordinal)], [.. models], [.. sessions]);
        var key = $"{writer.Kind}\0{string.Join('\u0001', writer.Agents)}\0{string.Join('\u0001', writer.Models)}\0{string.Join('\u0001', writer.Sessions)}";
        return _writers.TryAdd(key, writer) ? writer : _writers[key];
    }

    private string FolderOf(RepoPath path)
    {
        var slash = path.Value.IndexOf('/', StringComparison.Ordinal);
        var folder = slash < 0 ? path.Value : path.Value[..(slash + 1)];
        return _folders.TryAdd(folder, folder) ? folder : _folders[folder];
    }
}
