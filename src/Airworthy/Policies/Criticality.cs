namespace Airworthy.Policies;

/// <summary>How much depends on an area of the code; only orders what is shown first.</summary>
public enum Criticality
{
    Low,
    Medium,
    High,
}
