namespace Airworthy.TrialWorker.Making;

/// <summary>A property that is set when an object is made.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Base">Sets it at the base.</param>
/// <param name="Head">Sets it at the head.</param>
/// <param name="Shape">The shape of its value.</param>
/// <param name="IsRequired">True when it must be set.</param>
internal sealed record Setter(string Name, Func<object?[], object?> Base, Func<object?[], object?> Head, Shape Shape, bool IsRequired)
{
    /// <summary>Whether it is set, and to what.</summary>
    public SettingShape Setting { get; } = new(Shape, IsRequired);

    /// <summary>The class of an extension method that is called on a builder in place of setting a property; null for a property.</summary>
    public Type? Extension { get; init; }
}
