namespace Airworthy.Incidents.Bisecting;

/// <summary>What was decided of a revision.</summary>
internal enum Verdict
{
    Good,
    Bad,

    /// <summary>It can't be built, the command says so by 125, it takes too long, or as many runs as are allowed tell nothing.</summary>
    Skip,
}
