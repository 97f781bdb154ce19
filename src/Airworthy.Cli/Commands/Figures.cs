using System.Globalization;

namespace Airworthy.Cli.Commands;

/// <summary>Figures and what they are of, as people read them.</summary>
internal static class Figures
{
    private const int LongestName = 40;

    /// <summary>A group's name, cut where it would push its figures out of the window.</summary>
    public static string Name(string shown) => shown.Length > LongestName ? $"{shown[..(LongestName - 1)]}…" : shown;

    public static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A share with one decimal; a dash of nothing.</summary>
    public static string Percent(long part, long whole) => whole == 0 ? "–" : Percent((double)part / whole);

    public static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.0} %");

    public static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
