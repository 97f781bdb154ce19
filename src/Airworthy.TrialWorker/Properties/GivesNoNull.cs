using System.Reflection;
using Airworthy.TrialWorker.Making;
using Airworthy.TrialWorker.Observing;
using Airworthy.TrialWorker.Running;

namespace Airworthy.TrialWorker.Properties;

/// <summary>A member whose type promises no null gives none, as long as it is given none where none is promised.</summary>
internal sealed class GivesNoNull : IProperty
{
    private static readonly NullabilityInfoContext s_nullability = new();

    public string Name => "gives no null, as its type promises";

    public bool Fits(UnderTrial unit)
    {
        if (unit.Head.Method is not MethodInfo method || method.IsGenericMethod || method.DeclaringType is { IsGenericType: true } || method.IsDefined(typeof(System.Diagnostics.CodeAnalysis.MaybeNullAttribute)))
        {
            return false;
        }

        try
        {
            var info = s_nullability.Create(method.ReturnParameter);
            var isTask = method.ReturnType is { IsGenericType: true } type && (type.GetGenericTypeDefinition() == typeof(Task<>) || type.GetGenericTypeDefinition() == typeof(ValueTask<>));
            var given = isTask ? info.GenericTypeArguments[0] : info;
            return !given.Type.IsValueType && given.Type != typeof(void) && !typeof(Task).IsAssignableFrom(given.Type) && given.ReadState == NullabilityState.NotNull;
        }
        catch (Exception unknown) when (unknown is NotSupportedException or InvalidOperationException or ArgumentException or IndexOutOfRangeException)
        {
            return false;
        }
    }

    public PropertyBreak? Check(SideCall call, Recipe recipe)
    {
        var (_, result) = call.RunAndKeep(recipe);
        return call.End != CallEnd.Returned || OptionalShape.HoldsUnpromisedNull(recipe) ? new PropertyBreak.NotMade()
            : result is null ? new PropertyBreak.Told("no null", "null")
            : null;
    }
}
