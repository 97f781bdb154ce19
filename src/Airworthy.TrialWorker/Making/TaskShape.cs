using Airworthy.Replay;

namespace Airworthy.TrialWorker.Making;

/// <summary>A task that has ended with a value.</summary>
/// <param name="type">The task's type at the head.</param>
/// <param name="result">The shape of its result.</param>
/// <param name="results">The result's type on each side.</param>
internal sealed class TaskShape(Type type, Shape result, (Type Base, Type Head) results) : Shape(type)
{
    private readonly bool _isValue = type.IsValueType;

    public override Recipe Make(Chance chance, int size) => new(this, 0, null, [result.Make(chance, size)]);

    public override object? Build(Recipe recipe, Side side)
    {
        var of = side == Side.Head ? results.Head : results.Base;
        var task = typeof(Task).GetMethod(nameof(Task.FromResult))!.MakeGenericMethod(of).Invoke(null, [recipe.Parts[0].Build(side)]);
        return _isValue ? Activator.CreateInstance(typeof(ValueTask<>).MakeGenericType(of), task) : task;
    }

    public override string Code(Recipe recipe)
    {
        var task = $"global::System.Threading.Tasks.Task.FromResult<{CSharpType.Of(results.Head)}>({recipe.Parts[0].Shape.Code(recipe.Parts[0])})";
        return _isValue ? $"new {CSharpType.Of(Type)}({task})" : task;
    }

    public override Shape Part(int choice, int index) => result;
}
