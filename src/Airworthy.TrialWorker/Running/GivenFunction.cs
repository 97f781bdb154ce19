using System.Reflection;
using Airworthy.TrialWorker.Making;

namespace Airworthy.TrialWorker.Running;

/// <summary>The function that a unit gives, as a library of parsers or of policies does: all it does happens when that is called, so its arguments are a part of the input.</summary>
/// <param name="Invoke">How it is called.</param>
/// <param name="Arguments">The shapes of its arguments.</param>
internal sealed record GivenFunction(MethodInfo Invoke, Shape[] Arguments)
{
    /// <summary>A unit's; null where it gives none whose arguments can be made.</summary>
    public static GivenFunction? Of(MethodBase unit, Shapes shapes)
    {
        try
        {
            return InvokeOf(unit) is { } invoke ? new GivenFunction(invoke, [.. invoke.GetParameters().Select(shapes.Of)]) : null;
        }
        catch (NotMakeableException)
        {
            return null;
        }
    }

    /// <summary>How the function is called that a unit gives; null where it gives none.</summary>
    public static MethodInfo? InvokeOf(MethodBase unit) =>
        unit is MethodInfo { ReturnType: var type } && typeof(Delegate).IsAssignableFrom(type) && type.GetMethod("Invoke") is { } invoke
        && !invoke.ReturnType.IsByRef && !Array.Exists(invoke.GetParameters(), parameter => parameter.ParameterType.IsByRef) ? invoke : null;
}
