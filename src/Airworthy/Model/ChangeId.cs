namespace Airworthy.Model;

/// <summary>The opaque name of a change. Stable for the life of the repository; nothing may be read out of its letters.</summary>
public readonly record struct ChangeId(string Value)
{
    public override string ToString() => Value;
}
