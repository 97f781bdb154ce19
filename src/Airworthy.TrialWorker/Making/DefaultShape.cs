using System.Reflection;

namespace Airworthy.TrialWorker.Making;

/// <summary>The value a parameter has when nobody gives one.</summary>
internal sealed class DefaultShape(ParameterInfo parameter) : Shape(parameter.ParameterType)
{
    public override bool IsMutable => false;

    public override Recipe Make(Chance chance, int size) => new(this, 0, null, []);

    public override object? Build(Recipe recipe, Side side) => parameter.DefaultValue is { } value and not DBNull ? value : Type.IsValueType ? Activator.CreateInstance(Type) : null;

    public override string Code(Recipe recipe) => "default";

    public override Shape Part(int choice, int index) => throw new InvalidDataException("a default has no parts");
}
