namespace Airworthy.TrialWorker.Making;

/// <summary>One of a few values of the framework, the plainest first.</summary>
/// <param name="type">Their type.</param>
/// <param name="menu">How each is made, and its C#.</param>
internal sealed class MenuShape(Type type, IReadOnlyList<(Func<object> Make, string Code)> menu) : Shape(type)
{
    public override bool IsMutable => false;

    public override Recipe Make(Chance chance, int size) => new(this, chance.Below(menu.Count), null, []);

    public override object? Build(Recipe recipe, Side side) => menu[recipe.Choice].Make();

    public override string Code(Recipe recipe) => menu[recipe.Choice].Code;

    public override IEnumerable<Recipe> Simpler(Recipe recipe) => recipe.Choice == 0 ? [] : [new Recipe(this, 0, null, [])];

    public override Shape Part(int choice, int index) => throw new InvalidDataException("a choice has no parts");
}
