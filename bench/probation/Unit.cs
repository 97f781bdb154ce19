namespace Airworthy.Bench.Probation;

/// <summary>What the judge counts.</summary>
internal enum Unit
{
    /// <summary>Calls that are independent.</summary>
    Call,

    /// <summary>Instance-windows at risk.</summary>
    Window,

    /// <summary>Windows with many calls over the baseline's 99th percentile.</summary>
    Tail,

    /// <summary>Windows with most calls over the baseline's median.</summary>
    Median,

    /// <summary>Windows of instances on which a flag decides.</summary>
    Lot,

    /// <summary>Windows before and after, beside control units.</summary>
    Before,
}
