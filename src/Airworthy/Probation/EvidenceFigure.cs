using System.Globalization;
using Airworthy.Model;

namespace Airworthy.Probation;

/// <summary>How evidence is written for people.</summary>
public static class EvidenceFigure
{
    /// <summary>How many times likelier what was seen is than the hypothesis allows, of its natural logarithm: <c>0.44</c>, <c>312</c>, <c>10^8</c>.</summary>
    public static string Of(double log) => log switch
    {
        > 13 => string.Create(CultureInfo.InvariantCulture, $"10^{log / Math.Log(10):0}"),
        < -7 => "under 0.001",
        >= 2.31 => Math.Exp(log).ToString("N0", CultureInfo.InvariantCulture),
        _ => Math.Exp(log).ToString("0.##", CultureInfo.InvariantCulture),
    };

    /// <summary>What a verdict rests on, to be said after it.</summary>
    public static string Of(EvidenceGrade grade) => grade switch
    {
        EvidenceGrade.Randomised => ", by lot: beside calls for which its flag is off",
        EvidenceGrade.Concurrent => ", beside versions without it",
        EvidenceGrade.BeforeAfter => ", compared with before, beside units that no change touched",
        EvidenceGrade.Absolute => ", with nothing to compare with",
        _ => "",
    };

    /// <summary>Terms, in short.</summary>
    public static string Of(ProbationTerms terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"an odds ratio of {terms.Ratio:0.###}, error {terms.Alpha:0.####%}, {Words.Count(terms.Days, "day")}, {Words.Count(terms.Instances, "instance")}");
    }
}
