using System.Reflection;

namespace Airworthy.TrialWorker.Making;

/// <summary>What a method gives out: nothing goes in.</summary>
internal sealed class OutShape(Type type) : Shape(type)
{
    public override bool IsMutable => false;

    public static OutShape Of(ParameterInfo parameter) => new(parameter.ParameterType.GetElementType()!);

    public override Recipe Make(Chance chance, int size) => new(this, 0, null, []);

    public override object? Build(Recipe recipe, Side side) => null;

    public override string Code(Recipe recipe) => throw new NotWritableException("nothing goes in");

    public override Shape Part(int choice, int index) => throw new InvalidDataException("nothing has no parts");
}
