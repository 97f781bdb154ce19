namespace Airworthy.TrialWorker.Making;

/// <summary>A step of a builder that is taken, and needs nothing.</summary>
internal sealed class CalledShape() : Shape(typeof(void))
{
    public static CalledShape Instance { get; } = new();

    public override bool IsMutable => false;

    public override Recipe Make(Chance chance, int size) => new(this, 0, null, []);

    public override object? Build(Recipe recipe, Side side) => null;

    public override string Code(Recipe recipe) => "";

    public override Shape Part(int choice, int index) => throw new InvalidDataException("a step has no parts");
}
