using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Airworthy.Replay;
using Airworthy.Trials;

namespace Airworthy.TrialWorker.Scaling;

/// <summary>Runs a regular expression on texts that may take it long. A match has a bound, and what is told is a matter of seconds against microseconds: no noise reaches that.</summary>
internal static class PatternRun
{
    private const int Few = 30;
    private const int Many = 4_000;
    private const int More = 4 * Many;

    /// <summary>Four times the text, and so many times the time: above 4 for what grows with the text, below 16 for what grows with its square.</summary>
    private const double LeastGrowth = 8;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_notable = TimeSpan.FromMilliseconds(20);

    /// <summary>What takes an expression long, in words; null when nothing was found that does.</summary>
    /// <param name="pattern">The expression.</param>
    /// <param name="mayRun">Asked before each text.</param>
    public static string? Find(UnitPattern pattern, Func<bool> mayRun)
    {
        var options = (RegexOptions)pattern.Options;
        if ((options & (RegexOptions.NonBacktracking | RegexOptions.IgnorePatternWhitespace | RegexOptions.RightToLeft)) != RegexOptions.None || PatternReader.Read(pattern.Pattern) is not { } read)
        {
            return null;
        }

        try
        {
            var regex = new Regex(pattern.Pattern, options, s_patience);
            foreach (var attack in new PatternSuspicion(options).Of(read))
            {
                if (!mayRun())
                {
                    return null;
                }

                if (Try(regex, attack) is { } found)
                {
                    return found;
                }
            }
        }
        catch (ArgumentException)
        {
            // No expression: the code under trial will say so itself.
        }

        return null;
    }

    private static string? Try(Regex regex, PatternAttack attack)
    {
        var shown = $"{(attack.Beginning.Length > 0 ? ValueCode.Literal(attack.Beginning) + " + " : "")}N × {ValueCode.Literal(attack.Piece)}{(attack.End.Length > 0 ? " + " + ValueCode.Literal(attack.End) : "")}";
        if (Time(regex, attack.Text(Few)) is null)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{attack.Why}: {shown} with N = {Few} takes more than {s_patience.TotalSeconds:0} s");
        }

        if (Time(regex, attack.Text(Many / attack.Piece.Length)) is not { } many)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{attack.Why}: {shown} with N = {Many / attack.Piece.Length} takes more than {s_patience.TotalSeconds:0} s");
        }

        var more = Time(regex, attack.Text(More / attack.Piece.Length));
        if (more is { } time && (time < s_notable || time / many < LeastGrowth))
        {
            return null;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{attack.Why}: {shown} takes {many.TotalMilliseconds:0.#} ms with N = {Many / attack.Piece.Length}, and {(more is { } told ? $"{told.TotalMilliseconds:0} ms" : $"more than {s_patience.TotalSeconds:0} s")} with four times as many");
    }

    /// <summary>The shorter of two runs; null when one takes too long.</summary>
    private static TimeSpan? Time(Regex regex, string text)
    {
        var best = TimeSpan.MaxValue;
        for (var i = 0; i < 2; i++)
        {
            var begun = Stopwatch.GetTimestamp();
            try
            {
                regex.IsMatch(text);
            }
            catch (RegexMatchTimeoutException)
            {
                return null;
            }

            best = Stopwatch.GetElapsedTime(begun) is var took && took < best ? took : best;
        }

        return best;
    }
}
