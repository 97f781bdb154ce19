using System.Text.Json;

namespace Airworthy.TrialWorker.Making;

/// <summary>A way to make values of one type on both sides.</summary>
/// <param name="type">The type at the head.</param>
internal abstract class Shape(Type type)
{
    /// <summary>The type at the head.</summary>
    public Type Type { get; } = type;

    /// <summary>True when a call can change what it was given.</summary>
    public virtual bool IsMutable => true;

    /// <summary>A new recipe.</summary>
    /// <param name="chance">What it is drawn from.</param>
    /// <param name="size">How big it may be; at 0 as small as can be.</param>
    public abstract Recipe Make(Chance chance, int size);

    /// <summary>The recipe of a value that was recorded, as docs/formats/recording.md writes it; null when it was not recorded whole, or can't be made so. The default is null.</summary>
    public virtual Recipe? Recorded(JsonElement value) => null;

    /// <summary>Makes the value for one side. What code under trial throws is thrown.</summary>
    public abstract object? Build(Recipe recipe, Side side);

    /// <summary>The C# expression that makes it.</summary>
    /// <exception cref="NotWritableException">C# from outside can't make it.</exception>
    public abstract string Code(Recipe recipe);

    /// <summary>Simpler recipes, the simplest first. The default is to simplify each part.</summary>
    public virtual IEnumerable<Recipe> Simpler(Recipe recipe)
    {
        for (var i = 0; i < recipe.Parts.Length; i++)
        {
            foreach (var part in recipe.Parts[i].Shape.Simpler(recipe.Parts[i]))
            {
                yield return recipe.With(i, part);
            }
        }
    }

    /// <summary>A recipe near this one. The default is to change one part, or to begin anew.</summary>
    public virtual Recipe Vary(Recipe recipe, Chance chance, int size)
    {
        if (recipe.Parts.Length == 0 || chance.OneIn(8))
        {
            return Make(chance, size);
        }

        var index = chance.Below(recipe.Parts.Length);
        var part = recipe.Parts[index];
        return recipe.With(index, part.Shape.Vary(part, chance, size));
    }

    /// <summary>How odd this recipe is by itself, without its parts.</summary>
    public virtual double Oddness(Recipe recipe) => 0;

    /// <summary>The shape of a part.</summary>
    /// <param name="choice">The choice of the recipe around it.</param>
    /// <param name="index">Which part.</param>
    public abstract Shape Part(int choice, int index);
}
