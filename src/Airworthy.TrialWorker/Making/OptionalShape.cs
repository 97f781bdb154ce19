using System.Text.Json;
using Airworthy.Replay;

namespace Airworthy.TrialWorker.Making;

/// <summary>Null, rarely where none is promised, or a value.</summary>
/// <param name="inner">The shape of what is not null.</param>
/// <param name="type">The type as declared.</param>
/// <param name="isPromised">True when the declaration says that null may come.</param>
internal sealed class OptionalShape(Shape inner, Type type, bool isPromised) : Shape(type)
{
    private const int Null = 1;

    private readonly int _oneIn = isPromised ? 6 : 40;

    /// <summary>Whether an input holds a null where none is promised: what is made of it is its caller's fault.</summary>
    public static bool HoldsUnpromisedNull(Recipe recipe) => (recipe.Shape is OptionalShape shape && shape.Oddness(recipe) > 0) || Array.Exists(recipe.Parts, HoldsUnpromisedNull);

    public override bool IsMutable => inner.IsMutable;

    public override Recipe Make(Chance chance, int size) =>
        chance.OneIn(_oneIn) || (isPromised && size <= 0) ? new Recipe(this, Null, null, []) : new Recipe(this, 0, null, [inner.Make(chance, size)]);

    public override Recipe? Recorded(JsonElement value) =>
        value.ValueKind == JsonValueKind.Null ? new Recipe(this, Null, null, []) : inner.Recorded(value) is { } part ? new Recipe(this, 0, null, [part]) : null;

    public override object? Build(Recipe recipe, Side side) => recipe.Choice == Null ? null : recipe.Parts[0].Build(side);

    public override string Code(Recipe recipe) => recipe.Choice == Null ? (Nullable.GetUnderlyingType(Type) is null ? $"({CSharpType.Of(Type)})null" : "null") : recipe.Parts[0].Shape.Code(recipe.Parts[0]);

    public override IEnumerable<Recipe> Simpler(Recipe recipe) =>
        isPromised && recipe.Choice != Null ? base.Simpler(recipe).Prepend(new Recipe(this, Null, null, [])) : base.Simpler(recipe);

    public override double Oddness(Recipe recipe) => recipe.Choice == Null && !isPromised ? 3 : 0;

    public override Shape Part(int choice, int index) => inner;
}
