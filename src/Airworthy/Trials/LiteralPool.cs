using System.Collections.Immutable;

namespace Airworthy.Trials;

/// <summary>Values that the code of a unit, or a test of it, speaks of: what inputs are made of before anything random is.</summary>
/// <param name="Numbers">Whole numbers.</param>
/// <param name="Reals">Numbers with a fraction.</param>
/// <param name="Texts">Strings.</param>
/// <param name="Characters">Characters, as a string.</param>
/// <param name="TestNumbers">Whole numbers from tests and documentation.</param>
/// <param name="TestTexts">Strings from tests and documentation.</param>
public sealed record LiteralPool(
    ImmutableArray<long> Numbers,
    ImmutableArray<double> Reals,
    ImmutableArray<string> Texts,
    string Characters,
    ImmutableArray<long> TestNumbers,
    ImmutableArray<string> TestTexts)
{
    /// <summary>Values kept of each kind.</summary>
    public const int Most = 256;

    public static LiteralPool Empty { get; } = new([], [], [], "", [], []);
}
