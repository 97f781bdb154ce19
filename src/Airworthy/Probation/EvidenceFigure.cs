using System.Globalization;

namespace Airworthy.Probation;

/// <summary>How an e-value is written for people: how many times likelier what was seen is than the hypothesis allows.</summary>
public static class EvidenceFigure
{
    /// <summary>The figure of a natural logarithm: <c>0.44</c>, <c>312</c>, <c>10^8</c>.</summary>
    public static string Of(double log) => log switch
    {
        > 13 => string.Create(CultureInfo.InvariantCulture, $"10^{log / Math.Log(10):0}"),
        < -7 => "under 0.001",
        >= 2.31 => Math.Exp(log).ToString("N0", CultureInfo.InvariantCulture),
        _ => Math.Exp(log).ToString("0.##", CultureInfo.InvariantCulture),
    };
}
