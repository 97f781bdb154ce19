using System.Globalization;
using System.Text.Json;

namespace Airworthy.TrialWorker.Making;

/// <summary>A whole call: the culture it runs in, the receiver, the arguments. Builds what <see cref="Invoker"/> takes.</summary>
/// <param name="parts">The shapes of the receiver, where there is one, of the arguments, and of those of the function that it gives.</param>
/// <param name="given">How many of them, at the end, the function takes that it gives; 0 where it gives none.</param>
internal sealed class CallShape(Shape[] parts, int given = 0) : Shape(typeof(object?[]))
{
    /// <summary>Cultures that differ in what code forgets: decimal marks, casing, calendars, digits. The first is the invariant one.</summary>
    public static readonly CultureInfo[] Cultures = [.. new[] { "", "de-DE", "tr-TR", "ar-SA", "fr-FR" }.Select(CultureInfo.GetCultureInfo)];

    public Shape[] Parts { get; } = parts;

    /// <summary>Where the arguments begin that go to the function it gives.</summary>
    public int Given { get; } = parts.Length - given;

    public override Recipe Make(Chance chance, int size) => new(this, chance.OneIn(12) ? chance.Below(Cultures.Length) : 0, null, [.. Parts.Select(part => part.Make(chance, size))]);

    /// <summary>A call as it was recorded; what was not recorded whole of it is drawn. Null when nothing was.</summary>
    /// <param name="culture">The culture's name.</param>
    /// <param name="values">The receiver, where there is one, and the arguments.</param>
    /// <param name="chance">What the rest is drawn from.</param>
    public Recipe? Recorded(string culture, IReadOnlyList<JsonElement> values, Chance chance)
    {
        if (values.Count != Given)
        {
            return null;
        }

        var known = Parts.Select((part, i) => i < Given ? part.Recorded(values[i]) : null).ToList();
        return known.Exists(part => part is not null)
            ? new Recipe(this, Math.Max(0, Array.FindIndex(Cultures, one => one.Name == culture)), null, [.. known.Select((part, i) => part ?? Parts[i].Make(chance, 1))])
            : null;
    }

    public override object? Build(Recipe recipe, Side side)
    {
        var arguments = new object?[recipe.Parts.Length];
        for (var i = 0; i < arguments.Length; i++)
        {
            arguments[i] = recipe.Parts[i].Build(side);
        }

        return arguments;
    }

    public override string Code(Recipe recipe) => throw new NotWritableException("a call is written by its member");

    public override IEnumerable<Recipe> Simpler(Recipe recipe) =>
        recipe.Choice == 0 ? base.Simpler(recipe) : base.Simpler(recipe).Prepend(new Recipe(this, 0, null, recipe.Parts));

    public override Recipe Vary(Recipe recipe, Chance chance, int size)
    {
        var varied = base.Vary(recipe, chance, size);
        // Several at once now and then: what only a combination reaches.
        return recipe.Parts.Length > 1 && chance.OneIn(3) ? base.Vary(varied, chance, size) : varied;
    }

    public override double Oddness(Recipe recipe) => recipe.Choice == 0 ? 0 : 0.5;

    public override Shape Part(int choice, int index) => Parts[index];
}
