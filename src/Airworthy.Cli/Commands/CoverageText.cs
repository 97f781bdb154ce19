using System.Globalization;
using Airworthy.Journeys;
using Airworthy.Model;

namespace Airworthy.Cli.Commands;

/// <summary>Says in words how much of something is known, from what, and how that changes from month to month.</summary>
internal static class CoverageText
{
    private const int MonthsShown = 10;

    /// <summary>The trend of the latest months, e.g. <c>2026-03 12 %   2026-04 40 %</c>; months with nothing to count are not among them.</summary>
    public static string Trend(Coverage coverage) => string.Join(
        "   ",
        coverage.Trend.TakeLast(MonthsShown).Select(month => string.Create(CultureInfo.InvariantCulture, $"{month} {100 * month.Share:0} %")));

    /// <summary>What told, e.g. <c>co-author 120, author 3</c>.</summary>
    public static string Sources(Coverage coverage) => string.Join(
        ", ", coverage.KnownFrom.Select(source => string.Create(CultureInfo.InvariantCulture, $"{source.Kind} {source.Count:N0}")));

    /// <summary>The sentence about a fall of disclosure; null when there was none.</summary>
    public static string? Fall(ScanDisclosure? disclosure) => disclosure is not var (before, after)
        ? null
        : string.Create(
            CultureInfo.InvariantCulture,
            $"disclosure dropped: {Figures.Percent(before.Marked, before.Count)} of {Words.Count(before.Count, "commit")} in {before} named an agent, "
            + $"{Figures.Percent(after.Marked, after.Count)} of {after.Count:N0} in {after}.");

    /// <summary>Writes the summary that follows a list.</summary>
    /// <param name="text">Where to.</param>
    /// <param name="coverage">The counts.</param>
    /// <param name="what">What was counted: <c>commit</c>, <c>line</c>.</param>
    /// <param name="disclosure">The fall of disclosure, where it was looked for.</param>
    public static async Task WriteAsync(TextWriter text, Coverage coverage, string what, ScanDisclosure? disclosure)
    {
        var counted = coverage.Counted;
        await text.WriteLineAsync();
        await text.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{Words.Count(counted.Total, what)}: {counted.Ai:N0} ai, {counted.Human:N0} human, {counted.Unknown:N0} unknown{Hinted(coverage)}; something is known of {Figures.Percent(counted.Known, counted.Total)}"));
        if (!coverage.KnownFrom.IsEmpty)
        {
            await text.WriteLineAsync($"known from {Sources(coverage)}");
            await text.WriteLineAsync($"by an agent, by month: {Trend(coverage)}");
        }

        if (Fall(disclosure) is { } fall)
        {
            await text.WriteLineAsync($"! {fall} What no one marks is counted as unknown, not as human.");
        }
    }

    private static string Hinted(Coverage coverage) =>
        coverage.Hinted == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" ({coverage.Hinted:N0} of them with a hint too weak to count)");
}
