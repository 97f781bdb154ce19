namespace Airworthy.TrialWorker.Properties;

/// <summary>Why a property does not hold on an input.</summary>
internal abstract record PropertyBreak
{
    /// <summary>The input could not be made, or is not one that anything is promised of: it says nothing.</summary>
    public sealed record NotMade : PropertyBreak;

    /// <summary>What was expected, and what was found instead.</summary>
    public sealed record Told(string Expected, string Found) : PropertyBreak;
}
