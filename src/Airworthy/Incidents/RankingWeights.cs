namespace Airworthy.Incidents;

/// <summary>
/// What each piece of evidence adds to a suspect's log-odds. Learnt by <c>bench/attribution-cases learn</c>; see docs/design/attribution.md for what they were
/// learnt from and how well they do on projects that they never saw.
/// </summary>
internal static class RankingWeights
{
    /// <summary>Lines on either side that are near.</summary>
    public const int NearLines = 15;

    /// <summary>Files from which a commit is a sweep.</summary>
    public const int SweepFiles = 60;

    /// <summary>What each in-app frame further out is worth of the one before.</summary>
    public const double PerFrame = 0.8;

    /// <summary>What the line of a guard clause is worth when its caller's line is younger: it did what it is for.</summary>
    public const double Guard = 0.25;

    /// <summary>The log-odds that the cause is none of the candidates.</summary>
    public const double NoneOfThem = 4.85;

    /// <summary>Belief from which an answer is given.</summary>
    public const double Attributed = 0.5;

    /// <summary>Belief below which there is not even an ambiguous answer.</summary>
    public const double Ambiguous = 0.12;

    public static readonly TimeSpan RecentHalfLife = TimeSpan.FromDays(60);

    /// <summary>By <see cref="FeatureKind"/>, in its order.</summary>
    private static readonly double[] s_weights =
    [
        0.44, // owns line
        0.94, // owns caller line
        0.66, // near line
        0.00, // near caller line
        0.59, // owns function
        0.33, // owns caller
        0.95, // last in function
        0.12, // last in caller
        0.00, // frames
        1.80, // removed lines
        0.00, // removed check
        1.82, // text fit
        0.75, // names frames
        2.15, // recent
        1.29, // newest
        2.22, // newest owner
        -0.12, // this year
        0.17, // size
        -0.16, // sweep
        -1.01, // says fix
        3.50, // in release
        1.50, // turned
        1.00, // trial
    ];

    /// <summary>The weight of a kind.</summary>
    public static double Of(FeatureKind kind) => s_weights[(int)kind];

    /// <summary>The share of belief of each score, beside a rival that it is none of them.</summary>
    public static double[] Beliefs(IReadOnlyList<double> scores)
    {
        var most = Math.Max(NoneOfThem, scores.Count == 0 ? 0 : scores.Max());
        var total = Math.Exp(NoneOfThem - most) + scores.Sum(score => Math.Exp(score - most));
        return [.. scores.Select(score => Math.Exp(score - most) / total)];
    }
}
