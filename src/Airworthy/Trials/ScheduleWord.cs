using System.Security.Cryptography;
using System.Text;

namespace Airworthy.Trials;

/// <summary>
/// A scenario of several threads and a schedule of it as one word that can be pasted: <c>c1.</c>, the unit it is of, what the threads do, who goes on when. Only the worker reads all of it.
/// </summary>
/// <param name="Scenario">What the threads do.</param>
/// <param name="Schedule">Who goes on when.</param>
public sealed record ScheduleWord(string Scenario, string Schedule)
{
    private const string Version = "c1";
    private const int MostLength = 1 << 20;

    /// <summary>The word, for a unit.</summary>
    /// <param name="unit">The unit's id at the head.</param>
    public string Of(string unit) => $"{Version}.{Mark(unit)}.{Scenario}.{Schedule}";

    /// <summary>Reads a word; null when it is none.</summary>
    public static ScheduleWord? Read(string word)
    {
        ArgumentNullException.ThrowIfNull(word);
        return word.Length <= MostLength && word.Split('.') is [Version, { Length: 8 }, { Length: > 0 } scenario, { Length: > 0 } schedule] ? new ScheduleWord(scenario, schedule) : null;
    }

    /// <summary>Whether a word is of a unit.</summary>
    /// <param name="word">The word.</param>
    /// <param name="unit">The unit's id at the head.</param>
    public static bool IsOf(string word, string unit)
    {
        ArgumentNullException.ThrowIfNull(word);
        return word.StartsWith($"{Version}.{Mark(unit)}.", StringComparison.Ordinal);
    }

    private static string Mark(string unit) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(unit)).AsSpan(0, 4));
}
