namespace Airworthy.Incidents;

/// <summary>
/// What each piece of evidence adds to a suspect's log-odds. Chosen by hand from the published measurements named in
/// docs/design/attribution.md, not fitted: the labelled cases at hand are too few and of too few projects.
/// </summary>
internal static class RankingWeights
{
    /// <summary>Owns the line of the foremost in-app frame.</summary>
    public const double OwnsLine = 2.2;

    /// <summary>Owns no line of a frame but one beside it; falls to nothing at <see cref="NearLines"/> lines.</summary>
    public const double NearLine = 1.2;

    /// <summary>Lines on either side that are near.</summary>
    public const int NearLines = 15;

    /// <summary>Wrote the whole function; less by the square root of the share. Little: someone wrote every function that ever failed.</summary>
    public const double OwnsFunction = 0.8;

    /// <summary>Wrote some line of the file: hardly evidence.</summary>
    public const double InFile = 0.2;

    /// <summary>Took lines away in the function, in the release.</summary>
    public const double RemovedLines = 1.8;

    /// <summary>Came with the release that failed; taken off when the release is known and it came before.</summary>
    public const double InRelease = 2.0;

    /// <summary>Release not known: landed just before the revision that ran; halves every <see cref="RecentHalfLife"/>.</summary>
    public const double Recent = 1.5;

    public static readonly TimeSpan RecentHalfLife = TimeSpan.FromDays(60);

    /// <summary>The last to change the function, falling evenly to the first; half when it is the only one.</summary>
    public const double Newest = 1.0;

    /// <summary>Touched very many files at once: a move or a sweep more often than a change of behaviour.</summary>
    public const double Sweep = -1.2;

    /// <summary>Files from which a commit is a sweep.</summary>
    public const int SweepFiles = 60;

    /// <summary>What each in-app frame further out is worth of the one before.</summary>
    public const double PerFrame = 0.8;

    /// <summary>What the line of a guard clause is worth when its caller's line is younger: it did what it is for.</summary>
    public const double Guard = 0.25;

    /// <summary>The log-odds that the cause is none of the candidates.</summary>
    public const double NoneOfThem = 2.8;

    /// <summary>Belief from which an answer is given.</summary>
    public const double Attributed = 0.5;

    /// <summary>Belief below which there is not even an ambiguous answer.</summary>
    public const double Ambiguous = 0.12;
}
