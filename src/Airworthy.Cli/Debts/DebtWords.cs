using System.Globalization;
using Airworthy.Cli.Commands;
using Airworthy.Debt;
using Airworthy.Journeys.Debts;
using Airworthy.Model;
using Airworthy.Statistics;

namespace Airworthy.Cli.Debts;

/// <summary>The tables and sentences of agent debt, shared by text and page.</summary>
internal static class DebtWords
{
    private const int Listed = 8;

    /// <summary>A table: its title, its headings and its rows.</summary>
    public sealed record Table(string Title, IReadOnlyList<string> Headings, IReadOnlyList<IReadOnlyList<string>> Rows);

    public static string Headline(DebtReport report)
    {
        var all = report.Figures.All;
        return all.Statements == 0
            ? $"no statement is known to be AI-written, of {Figures.Number(report.Figures.Statements)}"
            : $"{Figures.Number(all.Unproven)} of {Words.Count(all.Statements, "AI-written statement")} {(all.Unproven == 1 ? "is" : "are")} not proven in production, weighing {Weight(all.Weighted)}";
    }

    /// <summary>What the figures cover, a sentence each.</summary>
    public static IEnumerable<string> Coverage(DebtReport report)
    {
        var figures = report.Figures;
        yield return $"counted at {report.Revision.Short}, {(report.IsRunning ? "which runs in production" : "which may not be what runs in production")}: "
            + $"{Words.Count(figures.Statements, "statement")} outside of tests: ai {Figures.Number(figures.All.Statements)} · unknown {Figures.Number(figures.Unknown)} · human {Figures.Number(figures.Human)}";
        if (figures.Unknown > 0)
        {
            yield return $"who wrote {Figures.Percent(figures.Unknown, figures.Statements)} of them is not known; they may be debt, too";
        }

        yield return report.Production is { } production
            ? production.Services.IsEmpty
                ? "no service is confirmed to run this repository, so exposure is not known"
                : $"exposure by {string.Join(", ", production.Services.Select(Safe))}: {Words.Count(figures.Exposed, "unproven AI-written statement")} {(figures.Exposed == 1 ? "is" : "are")} in functions that were seen to run"
            : "no server was asked (--server URL): nothing counts as proven, exposure is not known, and only reverts count as failures";
        if (report is { Production.Incidents.Length: var incidents, Attributable: { } attributed })
        {
            yield return $"{attributed:N0} of {Words.Count(incidents, "incident")} could be attributed to a change";
        }

        if (report.Rates is { OfAgents: > 0 } rates)
        {
            yield return $"of {Words.Count(rates.OfAgents, "change")} by agents the session is named of {Figures.Number(rates.InSession)}, the prompt is kept of {Figures.Number(rates.Asked)}; rates by session and by way of asking speak of these alone";
        }

        if (report.Production is { IsCut: true })
        {
            yield return "the server told of its last 10,000 proven or suspect changes only; those before count as unproven";
        }

        if (report.Unread > 0)
        {
            yield return $"{Words.Count(report.Unread, "file")} could not be read";
        }
    }

    public static IEnumerable<Table> Tables(DebtReport report)
    {
        if (!report.Budgets.IsEmpty)
        {
            yield return new Table(
                "budgets of airworthy.yml", ["", "unproven", "allowed", ""],
                [.. report.Budgets.Select(budget => (IReadOnlyList<string>)[Safe(budget.Name), Figures.Number(budget.Unproven), Figures.Number(budget.Most), budget.IsOver ? "over" : "within"])]);
        }

        foreach (var (title, groups) in new[] { ("folder", report.Figures.Folders), ("agent", report.Figures.Agents), ("model", report.Figures.Models), ("age", report.Figures.Ages) })
        {
            if (groups.Any(group => group.Statements > 0))
            {
                yield return new Table(
                    title, ["AI-written", "unproven", "weight"],
                    [
                        .. groups.Where(group => group.Statements > 0).Take(Listed).Select(Row),
                        .. groups.Length > Listed ? [(IReadOnlyList<string>)[$"and {groups.Length - Listed} more"]] : Array.Empty<IReadOnlyList<string>>(),
                    ]);
            }
        }

        yield return Rates("what became of changes", report.Rates.Authors);
        if (!report.Rates.Sessions.IsEmpty)
        {
            yield return Rates("changes by session", report.Rates.Sessions);
        }

        if (!report.Rates.Prompts.IsEmpty)
        {
            yield return Rates("changes asked for with", report.Rates.Prompts);
        }

        if (!report.Reviews.IsEmpty)
        {
            yield return new Table(
                "review said, and production", ["pull requests", "to approval", "per 100 lines", "rounds", "comments", "then failed", "incidents caused"],
                [.. report.Reviews.Zip(report.Rates.Authors, (review, rate) => (IReadOnlyList<string>)
                [
                    Words.Of(review.By),
                    Figures.Number(review.Requests),
                    review.MinutesToApproval is { } minutes ? Time(minutes) : "not told",
                    review.MinutesPerHundredLines is { } each ? Time(each) : "not told",
                    review.Requests == 0 ? "" : review.Rounds.ToString("0.0", CultureInfo.InvariantCulture),
                    review.Requests == 0 ? "" : review.Comments.ToString("0.0", CultureInfo.InvariantCulture),
                    rate.Landed == 0 ? "no evidence" : $"{Figures.Number(rate.Failed)} of {Figures.Number(rate.Landed)}",
                    rate.Caused is { } caused ? Figures.Number(caused) : "not asked",
                ])]);
        }

        if (report.Releases.Length > 1)
        {
            yield return new Table(
                "living lines at releases", ["", "ai", "unknown", "human", "ai share"],
                [.. report.Releases.Select(release => (IReadOnlyList<string>)
                [
                    Safe(release.Name),
                    Figures.Day(release.At),
                    Figures.Number(release.Ai),
                    Figures.Number(release.Unknown),
                    Figures.Number(release.Human),
                    Figures.Percent(release.Ai, release.Ai + release.Unknown + release.Human),
                ])]);
        }
    }

    public const string Definition =
        "Debt is our own definition: an AI-written statement counts until production has proven the change that brought it. It weighs its criticality (1 to 3) times its exposure (1, and one more for each tenfold of calls).";

    private static Table Rates(string title, IReadOnlyList<DebtRate> rates) => new(
        title, ["landed", "failed", "95 %", "judged", "proven", "incidents caused", "lines reworked in 30 d"],
        [
            .. rates.Take(Listed).Select(rate => (IReadOnlyList<string>)
            [
                Figures.Name(Safe(rate.By)),
                Figures.Number(rate.Landed),
                rate.Landed == 0 ? "no evidence" : $"{Figures.Number(rate.Failed)} ({Figures.Percent(rate.Failed, rate.Landed)})",
                Range(rate.FailRange),
                rate.Judged is { } judged ? Figures.Number(judged) : "not asked",
                rate.Proven is not { } proven ? "not asked" : rate.Landed == 0 ? "no evidence" : $"{Figures.Number(proven)} ({Figures.Percent(proven, rate.Landed)})",
                rate.Caused is { } caused ? Figures.Number(caused) : "not asked",
                rate.Rework.Share is { } share ? $"{Figures.Percent(share)} of {Figures.Number(rate.Rework.Whole)}{(rate.Rework.Interval is { } range ? $" ({Range(range)})" : "")}" : "no evidence",
            ]),
            .. rates.Count > Listed ? [(IReadOnlyList<string>)[$"and {rates.Count - Listed} more"]] : Array.Empty<IReadOnlyList<string>>(),
        ]);

    private static IReadOnlyList<string> Row(DebtGroup group) =>
        [Safe(group.Name), Figures.Number(group.Statements), Figures.Number(group.Unproven), Weight(group.Weighted)];

    private static string Range(ConfidenceInterval? range) => range is { } known
        ? string.Create(CultureInfo.InvariantCulture, $"{100 * known.Lower:0.0}–{100 * known.Upper:0.0} %")
        : "";

    private static string Weight(double weight) => Figures.Number((long)Math.Round(weight));

    private static string Time(double minutes) => minutes < 120
        ? string.Create(CultureInfo.InvariantCulture, $"{minutes:0} min")
        : string.Create(CultureInfo.InvariantCulture, $"{minutes / 60:0} h");

    private static string Safe(string text) => new RepoPath(text).Display;
}
