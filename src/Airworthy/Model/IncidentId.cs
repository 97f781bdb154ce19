namespace Airworthy.Model;

/// <summary>The opaque name of an incident.</summary>
public readonly record struct IncidentId(string Value)
{
    public override string ToString() => Value;
}
