namespace Airworthy.Statistics;

/// <summary>What was seen in one interval on both sides, where both met the same circumstances.</summary>
/// <param name="Change">On units that contain the change.</param>
/// <param name="Baseline">On units that do not.</param>
public readonly record struct Stratum(Tally Change, Tally Baseline)
{
    /// <summary>Bad ones on both sides: what a conditional test takes as given.</summary>
    public long Bad => Change.Bad + Baseline.Bad;

    /// <summary>True when the split of the bad ones over the sides could have been another: only then it tells something.</summary>
    public bool IsTelling => Change.Calls > 0 && Baseline.Calls > 0 && Bad > 0 && Bad < Change.Calls + Baseline.Calls;
}
