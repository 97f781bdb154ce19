using System.Reflection;
using Airworthy.TrialWorker.Making;

namespace Airworthy.TrialWorker.Schedules;

/// <summary>A member that the threads of a scenario may call.</summary>
/// <param name="Head">It at the head.</param>
/// <param name="Base">It at the base; null when the base has none.</param>
/// <param name="Parameters">The shapes of its arguments; null where an object of the scenario is passed.</param>
/// <param name="Kinds">Which kind of the scenario's objects is passed; -1 where none is.</param>
internal sealed record ScenarioMember(MethodInfo Head, MethodInfo? Base, Shape?[] Parameters, int[] Kinds)
{
    private readonly Func<object?[], object?> _head = Invoker.Of(Head);
    private readonly Func<object?[], object?>? _base = Base is null ? null : Invoker.Of(Base);

    /// <summary>Whether it needs no argument and gives something: what is asked of the objects when all threads are done. Properties are seen anyway.</summary>
    public bool IsProbe => !Head.IsSpecialName && (Head.ReturnType != typeof(void) || Parameters.Length > 0) && Array.TrueForAll(Parameters, shape => shape is OutShape);

    public object? Call(Side side, object?[] arguments) => (side == Side.Head ? _head : _base!)(arguments);
}
