namespace Airworthy.TrialWorker.Making;

/// <summary>
/// How an input is made, without being of either side: the types of base and head differ, so each side builds its own from the same recipe.
/// </summary>
/// <param name="shape">What knows how to build it.</param>
/// <param name="choice">Which way of several, from 0: the plainest.</param>
/// <param name="value">A value of the framework, that both sides share.</param>
/// <param name="parts">What it is made of.</param>
internal sealed class Recipe(Shape shape, int choice, object? value, Recipe[] parts)
{
    public Shape Shape { get; } = shape;

    public int Choice { get; } = choice;

    public object? Value { get; } = value;

    public Recipe[] Parts { get; } = parts;

    /// <summary>Makes it for one side.</summary>
    public object? Build(Side side) => Shape.Build(this, side);

    /// <summary>How many decisions it holds: what shrinking makes fewer.</summary>
    public int Size
    {
        get
        {
            var size = Shape is SettingShape && !SettingShape.IsSet(this) ? 0 : 1;
            foreach (var part in Parts)
            {
                size += part.Size;
            }

            return size;
        }
    }

    /// <summary>The same with one part replaced.</summary>
    public Recipe With(int index, Recipe part)
    {
        var changed = (Recipe[])Parts.Clone();
        changed[index] = part;
        return new Recipe(Shape, Choice, Value, changed);
    }

    /// <summary>How far it is from what a caller would pass: nulls where none is promised, extremes, odd characters.</summary>
    public double Oddness => Shape.Oddness(this) + Parts.Sum(part => part.Oddness);
}
