namespace Airworthy.Incidents.Bisecting;

/// <summary>Runs of the command at one revision.</summary>
/// <param name="Failed">Runs that failed.</param>
/// <param name="Passed">Runs that succeeded.</param>
public readonly record struct RunTally(int Failed, int Passed)
{
    /// <summary>All runs.</summary>
    public int Runs => Failed + Passed;

    internal RunTally Add(bool failed) => failed ? this with { Failed = Failed + 1 } : this with { Passed = Passed + 1 };
}
