using System.Collections;
using System.Text.Json;
using Airworthy.Replay;

namespace Airworthy.TrialWorker.Making;

/// <summary>Keys with values: a dictionary, or what is made of one.</summary>
/// <param name="type">The type at the head.</param>
/// <param name="key">The shape of a key.</param>
/// <param name="value">The shape of a value.</param>
/// <param name="made">The dictionary's type on each side.</param>
/// <param name="wrap">The dictionary as the type, on each side.</param>
/// <param name="code">The dictionary's C# as the type's.</param>
internal sealed class PairsShape(Type type, Shape key, Shape value, (Type Base, Type Head) made, (Func<IDictionary, object> Base, Func<IDictionary, object> Head) wrap, Func<string, string> code) : Shape(type)
{
    public override Recipe Make(Chance chance, int size)
    {
        var count = size <= 0 ? 0 : chance.Below(5);
        var parts = new Recipe[count * 2];
        for (var i = 0; i < count; i++)
        {
            parts[2 * i] = key.Make(chance, size - 1);
            parts[(2 * i) + 1] = value.Make(chance, size - 1);
        }

        return new Recipe(this, 0, null, parts);
    }

    public override Recipe? Recorded(JsonElement recorded) =>
        recorded.ValueKind == JsonValueKind.Object && recorded.TryGetProperty("$pairs", out var pairs) && !recorded.TryGetProperty("$count", out _)
        && pairs.ValueKind == JsonValueKind.Array && pairs.EnumerateArray().All(pair => pair.ValueKind == JsonValueKind.Array && pair.GetArrayLength() == 2)
        && pairs.EnumerateArray().SelectMany(pair => new[] { key.Recorded(pair[0]), value.Recorded(pair[1]) }).ToArray() is var parts && Array.TrueForAll(parts, part => part is not null)
            ? new Recipe(this, 0, null, parts!)
            : null;

    public override object? Build(Recipe recipe, Side side)
    {
        var pairs = (IDictionary)Activator.CreateInstance(side == Side.Head ? made.Head : made.Base)!;
        for (var i = 0; i + 1 < recipe.Parts.Length; i += 2)
        {
            if (recipe.Parts[i].Build(side) is { } one)
            {
                pairs[one] = recipe.Parts[i + 1].Build(side);
            }
        }

        return side == Side.Head ? wrap.Head(pairs) : wrap.Base(pairs);
    }

    public override string Code(Recipe recipe) => code(
        $"new {CSharpType.Of(made.Head)} {{ {string.Join(", ", recipe.Parts.Chunk(2).Where(pair => pair.Length == 2).Select(pair => $"[{pair[0].Shape.Code(pair[0])}] = {pair[1].Shape.Code(pair[1])}"))} }}");

    public override IEnumerable<Recipe> Simpler(Recipe recipe)
    {
        for (var i = 0; i + 1 < recipe.Parts.Length; i += 2)
        {
            yield return new Recipe(this, 0, null, [.. recipe.Parts[..i], .. recipe.Parts[(i + 2)..]]);
        }

        foreach (var simpler in base.Simpler(recipe))
        {
            yield return simpler;
        }
    }

    public override Shape Part(int choice, int index) => index % 2 == 0 ? key : value;
}
