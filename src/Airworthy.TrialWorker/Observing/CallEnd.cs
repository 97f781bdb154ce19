namespace Airworthy.TrialWorker.Observing;

/// <summary>How a call ended.</summary>
internal enum CallEnd
{
    /// <summary>It returned.</summary>
    Returned,

    /// <summary>It threw.</summary>
    Threw,

    /// <summary>Its receiver or an argument could not be made: no word about the call.</summary>
    NotMade,
}
