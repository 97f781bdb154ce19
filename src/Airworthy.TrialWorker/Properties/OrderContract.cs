using System.Reflection;
using Airworthy.TrialWorker.Making;
using Airworthy.TrialWorker.Observing;
using Airworthy.TrialWorker.Running;

namespace Airworthy.TrialWorker.Properties;

/// <summary>What sorting relies on: a value is as great as itself, an order turns around with its values, it goes on over three values, and the operators say what it says. A sort by one that breaks it gives anything.</summary>
internal sealed class OrderContract : IProperty
{
    private static readonly (string Name, string Sign, Func<int, bool> Holds)[] s_signs =
    [
        ("op_LessThan", "<", order => order < 0), ("op_GreaterThan", ">", order => order > 0), ("op_LessThanOrEqual", "<=", order => order <= 0), ("op_GreaterThanOrEqual", ">=", order => order >= 0),
    ];

    public string Name => "keeps the contract of an order";

    public bool Fits(UnderTrial unit) => unit.Head.Method is MethodInfo method && ComparisonOf(method) is not null;

    /// <summary>With a third value: an order of two says nothing of whether it goes on.</summary>
    public Recipe Extended(Recipe recipe, Chance chance)
    {
        var parts = ((CallShape)recipe.Shape).Parts;
        return new Recipe(new CallShape([.. parts, parts[^1]]), recipe.Choice, null, [.. recipe.Parts, parts[^1].Make(chance, 2)]);
    }

    public PropertyBreak? Check(SideCall call, Recipe recipe)
    {
        var (arguments, _) = call.RunAndKeep(recipe);
        if (call.End == CallEnd.NotMade || ComparisonOf((MethodInfo)call.Method) is not { } comparison || arguments.Length < 3)
        {
            return new PropertyBreak.NotMade();
        }

        var receiver = comparison.IsStatic || comparison.GetParameters().Length == 1 ? null : arguments[0];
        object?[] values = arguments[^3..];
        if (Array.Exists(values, value => value is null))
        {
            // What is made of null is each type's own affair.
            return new PropertyBreak.NotMade();
        }

        int? Order(object? left, object? right) =>
            (receiver is null ? Seen.Call(comparison, left, right) : Seen.Call(comparison, receiver, left, right)) is { Thrown: null, Value: int order } ? Math.Sign(order) : null;
        var (a, b, c) = (values[0], values[1], values[2]);
        if (Order(a, a) is not { } self || Order(a, b) is not { } there || Order(b, a) is not { } back || Order(b, c) is not { } next || Order(a, c) is not { } far)
        {
            return new PropertyBreak.NotMade();
        }

        var (one, two, three) = (Seen.Of(a), Seen.Of(b), Seen.Of(c));
        return self != 0 ? new PropertyBreak.Told($"{one} is as great as itself", Said(self))
            : there != -back ? new PropertyBreak.Told($"{one} and {two} stand in one order", $"{Said(there)}, and the other way round {Said(back)}")
            : there == next && there != far ? new PropertyBreak.Told($"{one} {Said(there)} than {two}, and that {Said(next)} than {three}, so the first {Said(there)} than the last", Said(far))
            : there == 0 && far != next ? new PropertyBreak.Told($"{one} and {two}, which are as great, stand to {three} in the same way", $"{Said(far)} and {Said(next)}")
            : Signs(comparison, a!, b!, there);
    }

    private static PropertyBreak.Told? Signs(MethodInfo comparison, object a, object b, int order)
    {
        var type = a.GetType();
        foreach (var (name, sign, holds) in comparison.Name == "CompareTo" ? s_signs : [])
        {
            if (type.GetMethod(name, [type, type]) is { } method && Seen.Call(method, a, b) is { Thrown: null, Value: bool said } && said != holds(order))
            {
                return new($"{Seen.Of(a)} {sign} {Seen.Of(b)} says {holds(order)}, as CompareTo does", $"it says {said}");
            }
        }

        return null;
    }

    /// <summary>The comparison that a unit is, or that its operator goes with.</summary>
    private static MethodInfo? ComparisonOf(MethodInfo method)
    {
        var type = method.DeclaringType!;
        return method switch
        {
            { ContainsGenericParameters: true } => null,
            { Name: "CompareTo", IsStatic: false } when method.ReturnType == typeof(int) && method.GetParameters() is [{ ParameterType: var other }] && other == type => method,
            _ when method.ReturnType == typeof(int) && method.Name.StartsWith("Compare", StringComparison.Ordinal) && method.GetParameters() is [var left, var right] && left.ParameterType == right.ParameterType && !left.ParameterType.IsByRef => method,
            _ when method.IsSpecialName && Array.Exists(s_signs, sign => sign.Name == method.Name) && Array.TrueForAll(method.GetParameters(), parameter => parameter.ParameterType == type) => type.GetMethod("CompareTo", [type]),
            _ => null,
        };
    }

    private static string Said(int order) => order switch { 0 => "is as great", < 0 => "is less", _ => "is greater" };
}
