using Airworthy.TrialWorker.Making;
using Airworthy.TrialWorker.Observing;
using Airworthy.TrialWorker.Running;

namespace Airworthy.TrialWorker.Properties;

/// <summary>A member that gives a value leaves the arrays and lists it was given as they were.</summary>
internal sealed class LeavesArguments : IProperty
{
    public string Name => "leaves its arguments as they were";

    public bool Fits(UnderTrial unit) =>
        unit.Head.Method is System.Reflection.MethodInfo { ReturnType: var type } method && type != typeof(void)
        && Array.Exists(method.GetParameters(), parameter => parameter.ParameterType.IsArray || (parameter.ParameterType.IsGenericType && parameter.ParameterType.Namespace == "System.Collections.Generic"))
        && !method.Name.Contains("Sort", StringComparison.Ordinal) && !method.Name.StartsWith("Try", StringComparison.Ordinal) && !method.Name.Contains("Add", StringComparison.Ordinal) && !method.Name.Contains("Fill", StringComparison.Ordinal) && !method.Name.Contains("Read", StringComparison.Ordinal) && !method.Name.Contains("Shuffle", StringComparison.Ordinal);

    public PropertyBreak? Check(SideCall call, Recipe recipe)
    {
        string before;
        try
        {
            before = Seen(((CallShape)recipe.Shape), call, recipe);
        }
#pragma warning disable CA1031 // What can't be made says nothing, whatever it throws.
        catch (Exception)
#pragma warning restore CA1031
        {
            return new PropertyBreak.NotMade();
        }

        var after = call.RunAndSeeArguments(recipe);
        return call.End switch
        {
            CallEnd.NotMade => new PropertyBreak.NotMade(),
            _ when after == before => null,
            _ => new PropertyBreak.Told($"{before} (before the call)", $"{after} (after it)"),
        };
    }

    private static string Seen(CallShape shape, SideCall call, Recipe recipe)
    {
        var arguments = (object?[])shape.Build(recipe, call.Side)!;
        return call.SeeArguments(arguments);
    }
}
