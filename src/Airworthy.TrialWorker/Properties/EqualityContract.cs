using System.Reflection;
using Airworthy.TrialWorker.Making;
using Airworthy.TrialWorker.Observing;
using Airworthy.TrialWorker.Running;

namespace Airworthy.TrialWorker.Properties;

/// <summary>What sets and dictionaries rely on: a value equals itself, equality goes both ways, equal values have equal hashes, nothing equals null, and the operators say what Equals says.</summary>
internal sealed class EqualityContract : IProperty
{
    public string Name => "keeps the contract of equality";

    public bool Fits(UnderTrial unit) => unit.Head.Method is MethodInfo { DeclaringType: { } type } method && IsOverridden(type) && method switch
    {
        { Name: "Equals", IsStatic: false } => method.GetParameters() is [{ ParameterType: var other }] && (other == type || other == typeof(object)),
        { Name: "GetHashCode", IsStatic: false } => method.GetParameters().Length == 0,
        { Name: "op_Equality" or "op_Inequality" } => Array.TrueForAll(method.GetParameters(), parameter => parameter.ParameterType == type),
        _ => false,
    };

    /// <summary>With another value near the first: two that are drawn apart are hardly ever equal.</summary>
    public Recipe Extended(Recipe recipe, Chance chance)
    {
        var first = recipe.Parts[0];
        return new Recipe(new CallShape([.. ((CallShape)recipe.Shape).Parts, first.Shape]), recipe.Choice, null, [.. recipe.Parts, first.Shape.Vary(first, chance, 2)]);
    }

    public PropertyBreak? Check(SideCall call, Recipe recipe)
    {
        var (arguments, _) = call.RunAndKeep(recipe);
        if (call.End == CallEnd.NotMade || arguments is not [{ } one, ..])
        {
            return new PropertyBreak.NotMade();
        }

        var type = call.Method.DeclaringType!;
        var twin = ((object?[])recipe.Build(call.Side)!)[0];
        foreach (var other in arguments.Skip(1).Append(twin).OfType<object>().Where(type.IsInstanceOfType))
        {
            if (Broken(type, one, other) is { } broken)
            {
                return broken;
            }
        }

        return Equal(one, null) is false ? null : new PropertyBreak.Told($"{Seen.Of(one)} does not equal null", Equal(one, null) is null ? "it throws" : "it does");
    }

    private static PropertyBreak.Told? Broken(Type type, object one, object other)
    {
        var (left, right) = (Seen.Of(one), Seen.Of(other));
        if (Equal(one, one) is not true)
        {
            return new($"{left} equals itself", "it does not");
        }

        if (one.GetType() == other.GetType() && Equal(one, other) != Equal(other, one))
        {
            return new($"{left} equals {right} as {right} equals it", $"{Equal(one, other)} and {Equal(other, one)}");
        }

        if (Equal(one, other) is true && Hash(one) != Hash(other))
        {
            return new($"{left} and {right}, which are equal, have the same hash", $"{Hash(one)} and {Hash(other)}");
        }

        foreach (var (name, isNegated) in new[] { ("op_Equality", false), ("op_Inequality", true) })
        {
            if (type.GetMethod(name, [type, type]) is { } sign && Seen.Call(sign, one, other) is { Thrown: null, Value: bool said } && Equal(one, other) is { } equal && said != (equal != isNegated))
            {
                return new($"{left} {(isNegated ? "!=" : "==")} {right} says {equal != isNegated}, as Equals does", $"it says {said}");
            }
        }

        return null;
    }

    private static bool IsOverridden(Type type) => type.GetMethod("Equals", [typeof(object)])?.DeclaringType is { } by && by != typeof(object) && by != typeof(ValueType);

    /// <summary>Whether they are equal; null when it throws.</summary>
    private static bool? Equal(object one, object? other)
    {
        try
        {
            return one.Equals(other);
        }
#pragma warning disable CA1031 // What the code under trial throws is its answer.
        catch (Exception)
#pragma warning restore CA1031
        {
            return null;
        }
    }

    private static int? Hash(object one)
    {
        try
        {
            return one.GetHashCode();
        }
#pragma warning disable CA1031 // What the code under trial throws is its answer.
        catch (Exception)
#pragma warning restore CA1031
        {
            return null;
        }
    }
}
