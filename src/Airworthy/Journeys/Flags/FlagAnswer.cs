namespace Airworthy.Journeys.Flags;

/// <summary>What a feature flag answers.</summary>
/// <param name="Key">Its key.</param>
/// <param name="IsOn">True when it is on.</param>
/// <param name="Value">The value: true or false, or what the policy says in their place.</param>
/// <param name="Reason">As OpenFeature names reasons: STATIC, SPLIT, DISABLED.</param>
/// <param name="Metadata">The changes it keeps off and where they stand, so that its evaluations join to them.</param>
public sealed record FlagAnswer(string Key, bool IsOn, object Value, string Reason, IReadOnlyDictionary<string, string> Metadata)
{
    /// <summary>The variant: <c>on</c> or <c>off</c>, also what telemetry tells.</summary>
    public string Variant => IsOn ? "on" : "off";
}
