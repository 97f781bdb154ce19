namespace Airworthy.TrialWorker.Making;

/// <summary>A property that is set after an object is made, or left as the constructor made it; a builder's step that is taken or not.</summary>
/// <param name="value">The shape of what it is set to.</param>
/// <param name="isRequired">True when it must be set.</param>
internal sealed class SettingShape(Shape value, bool isRequired) : Shape(value.Type)
{
    private const int Set = 1;

    public bool IsRequired => isRequired;

    public override bool IsMutable => value.IsMutable;

    /// <summary>Whether a recipe of it sets anything.</summary>
    public static bool IsSet(Recipe recipe) => recipe.Choice == Set;

    /// <summary>Left as it is.</summary>
    public Recipe Unset() => new(this, 0, null, []);

    /// <summary>Set to a value.</summary>
    public Recipe To(Recipe given) => new(this, Set, null, [given]);

    public override Recipe Make(Chance chance, int size) => isRequired || (size > 0 && !chance.OneIn(3)) ? To(value.Make(chance, size - 1)) : Unset();

    public override object? Build(Recipe recipe, Side side) => recipe.Parts[0].Build(side);

    public override string Code(Recipe recipe) => recipe.Parts[0].Shape.Code(recipe.Parts[0]);

    public override IEnumerable<Recipe> Simpler(Recipe recipe) => isRequired || !IsSet(recipe) ? base.Simpler(recipe) : base.Simpler(recipe).Prepend(Unset());

    public override Recipe Vary(Recipe recipe, Chance chance, int size) =>
        !IsSet(recipe) ? To(value.Make(chance, size - 1))
        : !isRequired && chance.OneIn(3) ? Unset()
        : To(value.Vary(recipe.Parts[0], chance, size));

    public override Shape Part(int choice, int index) => value;
}
