namespace Airworthy.Probation;

/// <summary>What production said of a change.</summary>
public enum ProbationVerdict
{
    /// <summary>Not enough was seen to say either.</summary>
    Undecided,

    /// <summary>It is no worse than its baseline by the ratio that matters.</summary>
    Proven,

    /// <summary>It is worse than its baseline.</summary>
    Suspect,
}
