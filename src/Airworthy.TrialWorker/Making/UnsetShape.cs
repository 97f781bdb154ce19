namespace Airworthy.TrialWorker.Making;

/// <summary>A property that is left as the constructor made it.</summary>
internal sealed class UnsetShape() : Shape(typeof(void))
{
    public static UnsetShape Instance { get; } = new();

    public override bool IsMutable => false;

    public override Recipe Make(Chance chance, int size) => new(this, 0, null, []);

    public override object? Build(Recipe recipe, Side side) => null;

    public override string Code(Recipe recipe) => throw new NotWritableException("nothing is set");

    public override Shape Part(int choice, int index) => throw new InvalidDataException("nothing has no parts");
}
