using System.Globalization;
using Airworthy.Incidents;

namespace Airworthy.AttributionCases;

/// <summary>Which weights are learnt, and where the others stand.</summary>
internal static class Weights
{
    /// <summary>The kinds that the mined cases can't teach: no release is known, no telemetry and no trial; deletions are not looked for.</summary>
    private static readonly FeatureKind[] s_byHand = [FeatureKind.RemovedLines, FeatureKind.InRelease, FeatureKind.Turned, FeatureKind.Trial];

    /// <summary>The product's weights, then the log-odds of none of them.</summary>
    public static double[] Shipped => [.. Enum.GetValues<FeatureKind>().Select(RankingWeights.Of), RankingWeights.NoneOfThem];

    public static bool[] Learnt => [.. Enum.GetValues<FeatureKind>().Select(kind => !s_byHand.Contains(kind)), true];

    /// <summary>Signs that a weight must have to mean what its reason says: 1, -1, or 0 for either.</summary>
    public static double[] Signs =>
    [
        .. Enum.GetValues<FeatureKind>().Select(kind => kind switch
        {
            FeatureKind.Sweep => -1.0,
            FeatureKind.Size or FeatureKind.SaysFix or FeatureKind.Newest or FeatureKind.ThisYear => 0,
            _ => 1,
        }),
        0,
    ];

    /// <summary>Where learning starts: what is set by hand, what blame is known to be worth by the published figures, and else nothing known.</summary>
    public static double[] Start =>
    [
        .. Enum.GetValues<FeatureKind>().Select(kind => kind switch
        {
            FeatureKind.OwnsLine => 1.5,
            FeatureKind.OwnsCallerLine => 0.7,
            FeatureKind.NearLine => 0.5,
            _ => s_byHand.Contains(kind) ? RankingWeights.Of(kind) : 0,
        }),
        3,
    ];

    public static void Write(double[] w, TextWriter output)
    {
        foreach (var kind in Enum.GetValues<FeatureKind>())
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"        {w[(int)kind]:0.00}, // {Model.Words.Of(kind)}"));
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"NoneOfThem = {w[^1]:0.00}"));
    }
}
