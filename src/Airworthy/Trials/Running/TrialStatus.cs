namespace Airworthy.Trials.Running;

/// <summary>How a trial of a unit went.</summary>
public enum TrialStatus
{
    /// <summary>Nothing was found on the inputs that were tried.</summary>
    Same,

    /// <summary>Something was found.</summary>
    Different,

    /// <summary>The base differs from itself, so nothing can be said of the head.</summary>
    Noise,

    /// <summary>It could not be tried: no evidence.</summary>
    Untestable,

    /// <summary>It took its process along too often to go on.</summary>
    Crashed,
}
