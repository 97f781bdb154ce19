namespace Airworthy.Statistics;

/// <summary>A number of bad sampling units among a number of them, in one interval on one side.</summary>
/// <param name="Calls">Sampling units observed: calls, traces or instance-windows; at least 0.</param>
/// <param name="Bad">Bad ones among them; 0 to <paramref name="Calls"/>.</param>
public readonly record struct Tally(long Calls, long Bad)
{
    /// <summary>True when the numbers can be a count of bad ones among all.</summary>
    public bool IsPossible => Bad >= 0 && Bad <= Calls;

    public static Tally operator +(Tally a, Tally b) => new(a.Calls + b.Calls, a.Bad + b.Bad);
}
