using System.Globalization;

namespace Airworthy.Cli.Commands;

/// <summary>Numbers as people read them.</summary>
internal static class Figures
{
    public static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A share with one decimal; a dash of nothing.</summary>
    public static string Percent(long part, long whole) => whole == 0 ? "–" : Percent((double)part / whole);

    public static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.0} %");

    public static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
