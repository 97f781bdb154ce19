namespace Airworthy.Probation;

/// <summary>What the evidence on a change rests on, the strongest last.</summary>
public enum EvidenceGrade
{
    /// <summary>Nothing was seen that could be judged.</summary>
    None,

    /// <summary>Nothing to compare with: its own rate of failures, against a limit.</summary>
    Absolute,

    /// <summary>The same units before, the turn of units that no change touched divided out.</summary>
    BeforeAfter,

    /// <summary>The same units without the change, in the same minutes.</summary>
    Concurrent,

    /// <summary>The same units of the same version on the same instances, where a feature flag decided by lot.</summary>
    Randomised,
}
