namespace Airworthy.Incidents;

/// <summary>
/// What each piece of evidence adds to a suspect's log-odds, and where answers begin. See docs/design/attribution.md for what the weights were learnt from and
/// how well they do on projects that they never saw.
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

    /// <summary>Belief from which an answer is given.</summary>
    public const double Attributed = 0.5;

    /// <summary>Belief below which there is not even an ambiguous answer.</summary>
    public const double Ambiguous = 0.12;

    public static readonly TimeSpan RecentHalfLife = TimeSpan.FromDays(60);

    /// <summary>The weight of a kind.</summary>
    public static double Of(FeatureKind kind) => kind switch
    {
        // By hand: no labelled case knows its release, its telemetry or a trial, and most were mined before the other two were told.
        FeatureKind.RemovedLines => 1.8,
        FeatureKind.TouchedFile => 0.5,
        FeatureKind.InRelease => 3.5,
        FeatureKind.Turned => 1.5,
        FeatureKind.Trial => 1,
        _ => LearntWeights.Of(kind),
    };

    /// <summary>The share of belief of each score, beside a rival that it is none of them.</summary>
    public static double[] Beliefs(IReadOnlyList<double> scores)
    {
        var most = Math.Max(LearntWeights.NoneOfThem, scores.Count == 0 ? 0 : scores.Max());
        var total = Math.Exp(LearntWeights.NoneOfThem - most) + scores.Sum(score => Math.Exp(score - most));
        return [.. scores.Select(score => Math.Exp(score - most) / total)];
    }
}
