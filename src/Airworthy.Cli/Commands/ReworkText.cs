using System.Collections.Immutable;
using System.Globalization;
using Airworthy.Debt;
using Airworthy.Journeys;
using Airworthy.Model;
using Airworthy.Statistics;

namespace Airworthy.Cli.Commands;

/// <summary>Writes rework for people: a row for each group, whose lines were taken by whom, and what the figures cover.</summary>
internal static class ReworkText
{
    private const int Listed = 5;
    private const int LongestShown = 365;

    private static readonly AuthorKind[] s_kinds = [AuthorKind.Ai, AuthorKind.Human, AuthorKind.Unknown];

    public static void Write(Terminal terminal, ReworkReport report)
    {
        var all = report.Figures.All;
        terminal.WriteLine(
            $"{Safe(report.Repository)} · {Words.Count(all.Lines, "line")} landed with {Words.Count(all.Commits, "commit")} "
            + $"{(report.Query.Since is { } since ? $"from {Figures.Day(since)} " : "")}until {Figures.Day(report.Until)}, at {report.Revision.Short}");
        terminal.WriteLine("");
        foreach (var line in Groups(report).Lines())
        {
            terminal.WriteLine(line);
        }

        terminal.WriteLine("");
        foreach (var line in Overwrites(report.Figures).Lines())
        {
            terminal.WriteLine(line);
        }

        terminal.WriteLine("");
        foreach (var line in Coverage(report))
        {
            terminal.WriteLine(line);
        }
    }

    private static TextColumns Groups(ReworkReport report)
    {
        var figures = report.Figures;
        var columns = new TextColumns();
        var horizon = Horizon(figures.All);
        string[] headings =
        [
            "lines", "commits", .. report.Query.Days.Select(days => $"gone in {days} d"), $"alive at {horizon} d", "median life",
        ];
        columns.Add(["who", .. headings]);
        Add(columns, figures.Authors, horizon, all: true);
        AddSection(columns, "agent", figures.Agents, horizon);
        AddSection(columns, "model", figures.Models, horizon);
        AddSection(columns, "session", figures.Sessions, horizon);
        AddSection(columns, "asked with", figures.Prompts, horizon);
        AddSection(columns, "folder", figures.Folders, horizon);
        return columns;
    }

    private static void AddSection(TextColumns columns, string heading, ImmutableArray<ReworkGroup> groups, int horizon)
    {
        if (!groups.IsEmpty)
        {
            columns.Add();
            columns.Add(heading);
            Add(columns, groups, horizon, all: false);
        }
    }

    private static void Add(TextColumns columns, ImmutableArray<ReworkGroup> groups, int horizon, bool all)
    {
        foreach (var group in all ? groups : groups.Take(Listed))
        {
            columns.Add(group.Lines == 0
                ? [Name(group), "0", "0", "no evidence"]
                :
                [
                    Name(group),
                    Figures.Number(group.Lines),
                    Figures.Number(group.Commits),
                    .. group.Rework.Select(share => Share(share.Lines)),
                    Alive(group.Survival.First(point => point.Days == horizon).Estimate),
                    Median(group.Median),
                ]);
        }

        if (!all && groups.Length > Listed)
        {
            columns.Add($"and {groups.Length - Listed} more");
        }
    }

    /// <summary>A year, or the longest time before it for which anything is known.</summary>
    private static int Horizon(ReworkGroup all) => all.Survival
        .Where(point => point.Days <= LongestShown && (point.Estimate is not null || point.Days == LifetimeCount.SurvivalDays[0]))
        .Max(point => point.Days);

    private static string Share(ClusteredShare lines) =>
        lines.Share is { } share ? $"{Figures.Percent(share)} of {Figures.Number(lines.Whole)}" : "no evidence";

    private static string Alive(SurvivalEstimate? estimate) => estimate switch
    {
        null => "too young",
        { Clustered: { } limits } => $"{Figures.Percent(estimate.Survival)} ({Percent(limits.Lower)}–{Percent(limits.Upper)})",
        _ => Figures.Percent(estimate.Survival),
    };

    private static string Median(SurvivalMedian median) => median switch
    {
        { Time: null } => "not reached",
        { Lower: { } lower } => $"{Days(median.Time.Value)} d ({Days(lower)}–{(median.Upper is { } upper ? Days(upper) : "…")})",
        _ => $"{Days(median.Time.Value)} d",
    };

    private static TextColumns Overwrites(ReworkFigures figures)
    {
        var columns = new TextColumns();
        columns.Add("lines of", "replaced by ai", "by human", "by unknown", "deleted", "living");
        foreach (var (kind, group) in s_kinds.Zip(figures.Authors))
        {
            var taken = figures.Overwrites.Where(one => one.Writer == kind).ToList();
            columns.Add(group.Lines == 0
                ? [group.Name, "no evidence"]
                :
                [
                    group.Name,
                    .. taken.Select(one => Figures.Number(one.Replaced)),
                    Figures.Number(taken.Sum(one => one.Deleted)),
                    Figures.Number(group.Living),
                ]);
        }

        return columns;
    }

    private static IEnumerable<string> Coverage(ReworkReport report)
    {
        var figures = report.Figures;
        yield return $"  covered   who wrote it is known of {Figures.Percent(figures.Known, figures.All.Lines)} of lines"
            + (figures.KnownByLine > 0 ? $" ({Figures.Percent(figures.KnownByLine, figures.Known)} of these line by line)" : "")
            + $"; {Words.Count(figures.All.Moved, "line")} moved, and live on";
        if (!report.Coverage.KnownFrom.IsEmpty)
        {
            yield return $"            known from {CoverageText.Sources(report.Coverage)}";
        }

        var ai = figures.Authors[0].Lines;
        if (ai > 0)
        {
            yield return $"            the prompt is kept of {Figures.Percent(figures.Asked, ai)} of the lines of agents";
        }

        if (figures.NeverLanded > 0)
        {
            yield return $"            not counted: {Words.Count(figures.NeverLanded, "line")} gone again before their branch landed";
        }

        if (ai > 0)
        {
            yield return $"  by month  landed lines by an agent: {CoverageText.Trend(report.Coverage)}";
        }

        yield return "  time      from landing to landing on the first-parent line; in brackets 95 % intervals that let lines of one commit end together";
        if (report.DisbelievedDates > 0)
        {
            yield return $"! the dates of {Figures.Number(report.DisbelievedDates)} of {Words.Count(report.Landings, "landing")} contradict the order "
                + "of commits, or are in the future or unset; the landing before tells the time";
        }
    }

    private static string Percent(double share) => (100 * share).ToString("0", CultureInfo.InvariantCulture);

    private static string Days(double days) => days.ToString("0", CultureInfo.InvariantCulture);

    private static string Name(ReworkGroup group) => Figures.Name(Safe(group.Name));

    private static string Safe(string text) => new RepoPath(text).Display;
}
