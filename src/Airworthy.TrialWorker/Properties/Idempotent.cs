using System.Reflection;
using Airworthy.TrialWorker.Making;
using Airworthy.TrialWorker.Observing;
using Airworthy.TrialWorker.Running;

namespace Airworthy.TrialWorker.Properties;

/// <summary>What brings a value into a form leaves alone what is in that form already: normalising, trimming, sorting. What escapes or encodes does not, and is not asked.</summary>
internal sealed class Idempotent : IProperty
{
    private static readonly string[] s_names = ["Normali", "Trim", "Clean", "Sanitize", "Sanitise", "Canonical", "Dedup", "Distinct", "Sort", "Collapse", "ToLower", "ToUpper"];
    private static readonly string[] s_others = ["Escape", "Encode", "Quote", "Hash", "Char", "Count"];

    public string Name => "leaves alone what it made itself";

    public bool Fits(UnderTrial unit) => unit.Head.Method is MethodInfo method && At(method) is not null
        && Array.Exists(s_names, name => method.Name.Contains(name, StringComparison.Ordinal)) && !Array.Exists(s_others, name => method.Name.Contains(name, StringComparison.Ordinal));

    public PropertyBreak? Check(SideCall call, Recipe recipe)
    {
        var (arguments, once) = call.RunAndKeep(recipe);
        if (call.End != CallEnd.Returned || once is null || At((MethodInfo)call.Method) is not { } at)
        {
            return new PropertyBreak.NotMade();
        }

        var expected = Seen.Of(once);
        // The rest as new: the first call may have used it up.
        var again = (object?[])recipe.Build(call.Side)!;
        again[at] = once;
        var found = Seen.Of(Seen.Call(call.Method, again));
        return expected == found ? null : new PropertyBreak.Told($"{expected} (once)", $"{found} (twice)");
    }

    /// <summary>Which of the receiver and arguments has the type that is given back: the receiver, or the first argument.</summary>
    private static int? At(MethodInfo method) =>
        method.ContainsGenericParameters ? null
        : !method.IsStatic && method.ReturnType == method.DeclaringType ? 0
        : method.GetParameters() is [var first, ..] && first.ParameterType == method.ReturnType && !first.ParameterType.IsByRefLike ? (method.IsStatic ? 0 : 1)
        : null;
}
