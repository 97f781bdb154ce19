using System.Globalization;
using System.Text;
using Airworthy.Incidents;

namespace Airworthy.AttributionCases;

/// <summary>Which weights are learnt, and where the others stand.</summary>
internal static class Weights
{
    /// <summary>The kinds that the mined cases can't teach: no release is known, no telemetry and no trial; of most, not what late commits took away or only touched.</summary>
    private static readonly FeatureKind[] s_byHand = [FeatureKind.RemovedLines, FeatureKind.TouchedFile, FeatureKind.InRelease, FeatureKind.Turned, FeatureKind.Trial];

    /// <summary>The product's weights, then the log-odds of none of them.</summary>
    public static double[] Shipped => [.. Enum.GetValues<FeatureKind>().Select(RankingWeights.Of), LearntWeights.NoneOfThem];

    public static bool[] Learnt => [.. Enum.GetValues<FeatureKind>().Select(kind => !s_byHand.Contains(kind)), true];

    /// <summary>Signs that a weight must have to mean what its reason says: 1, -1, or 0 for either.</summary>
    public static double[] Signs =>
    [
        .. Enum.GetValues<FeatureKind>().Select(kind => kind switch
        {
            FeatureKind.Sweep or FeatureKind.SaysTidy => -1.0,
            FeatureKind.Size or FeatureKind.SaysFix or FeatureKind.Newest or FeatureKind.ThisYear or FeatureKind.Focus or FeatureKind.Adds => 0,
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

    /// <summary>Writes the weights as the product has them.</summary>
    public static void Write(double[] w, string file)
    {
        var text = new StringBuilder("""
            namespace Airworthy.Incidents;

            // Written by 'attribution-cases learn'; not by hand.

            /// <summary>The weights as they were learnt, in log-odds.</summary>
            internal static class LearntWeights
            {
                /// <summary>The log-odds that the cause is none of the candidates.</summary>

            """);
        text.Append(CultureInfo.InvariantCulture, $"    public const double NoneOfThem = {w[^1]:0.00};\n\n");
        text.Append("    /// <summary>The weight of a kind.</summary>\n    public static double Of(FeatureKind kind) => kind switch\n    {\n");
        foreach (var kind in Enum.GetValues<FeatureKind>().Where(kind => !s_byHand.Contains(kind) && Math.Abs(w[(int)kind]) >= 0.005))
        {
            text.Append(CultureInfo.InvariantCulture, $"        FeatureKind.{kind} => {w[(int)kind]:0.00},\n");
        }

        File.WriteAllText(file, text.Append("        _ => 0,\n    };\n}\n").ToString());
    }
}
