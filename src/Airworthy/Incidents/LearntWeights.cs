namespace Airworthy.Incidents;

// Learnt by 'attribution-cases learn' on 59 cases of five projects, when fewer features were known. docs/design/attribution.md tells why they stay.

/// <summary>The weights as they were learnt, in log-odds.</summary>
internal static class LearntWeights
{
    /// <summary>The log-odds that the cause is none of the candidates.</summary>
    public const double NoneOfThem = 4.85;

    /// <summary>The weight of a kind.</summary>
    public static double Of(FeatureKind kind) => kind switch
    {
        FeatureKind.OwnsLine => 0.44,
        FeatureKind.OwnsCallerLine => 0.94,
        FeatureKind.NearLine => 0.66,
        FeatureKind.OwnsFunction => 0.59,
        FeatureKind.OwnsCaller => 0.33,
        FeatureKind.LastInFunction => 0.95,
        FeatureKind.LastInCaller => 0.12,
        FeatureKind.TextFit => 1.82,
        FeatureKind.NamesFrames => 0.75,
        FeatureKind.Recent => 2.15,
        FeatureKind.Newest => 1.29,
        FeatureKind.NewestOwner => 2.22,
        FeatureKind.ThisYear => -0.12,
        FeatureKind.Size => 0.17,
        FeatureKind.Sweep => -0.16,
        FeatureKind.SaysFix => -1.01,
        _ => 0,
    };
}
