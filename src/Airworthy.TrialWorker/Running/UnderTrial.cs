using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;
using Airworthy.Replay;
using Airworthy.Trials;
using Airworthy.TrialWorker.Making;

namespace Airworthy.TrialWorker.Running;

/// <summary>A unit made ready: what it is on each side, and how a call of it is made.</summary>
internal sealed class UnderTrial
{
    private UnderTrial(int index, TrialUnit unit, CallShape shape, SideCall? @base, SideCall head) =>
        (Index, Unit, Shape, Base, Head) = (index, unit, shape, @base, head);

    public int Index { get; }

    public TrialUnit Unit { get; }

    public CallShape Shape { get; }

    /// <summary>The base's; null when the unit is new.</summary>
    public SideCall? Base { get; }

    public SideCall Head { get; }

    /// <summary>Whether it is generic, so that it can be tried with other types too.</summary>
    public bool IsGeneric => Head.Method.IsGenericMethod || Head.Method.DeclaringType is { IsGenericType: true };

    /// <summary>Finds it on both sides.</summary>
    /// <param name="index">Its index in the plan.</param>
    /// <param name="unit">The unit.</param>
    /// <param name="sides">The two sides.</param>
    /// <param name="types">Which of the types that fit a generic one, from 0.</param>
    /// <exception cref="NotMakeableException">It can't be tried; the message says why.</exception>
    public static UnderTrial Of(int index, TrialUnit unit, TypeSides sides, int types = 0)
    {
        var head = Closed(sides, Find(sides.HeadAssembly, unit.HeadId) ?? throw new NotMakeableException("it is not in the assembly that was built"), types);
        if (head.IsAbstract)
        {
            throw new NotMakeableException("it has no code of its own");
        }

        var shapes = new Shapes(sides);
        var parts = new List<Shape>();
        if (!head.IsStatic && head is not ConstructorInfo)
        {
            var owner = head.DeclaringType!;
            parts.Add(shapes.NotNull(owner));
        }

        parts.AddRange(head.GetParameters().Select(parameter => parameter.IsOut ? OutShape.Of(parameter) : ShapeOf(shapes, parameter)));
        bool[] mutable = [.. parts.Select(part => part.IsMutable)];
        var function = GivenFunction.Of(head, shapes);
        parts.AddRange(function?.Arguments ?? []);
        SideCall? other = null;
        if (unit.BaseId is { } id && !sides.IsHeadOnly)
        {
            var found = ClosedAs(head, Find(sides.BaseAssembly!, id) ?? throw new NotMakeableException("the base's is not in the assembly that was built"), sides);
            if (found.IsStatic != head.IsStatic || found.GetParameters().Length != head.GetParameters().Length)
            {
                throw new NotMakeableException("its parameters changed");
            }

            for (var i = 0; i < found.GetParameters().Length; i++)
            {
                if (sides.Counterpart(head.GetParameters()[i].ParameterType) is not { } type || !found.GetParameters()[i].ParameterType.IsAssignableFrom(type))
                {
                    throw new NotMakeableException("its parameters changed");
                }
            }

            if (function is not null && GivenFunction.InvokeOf(found)?.DeclaringType != sides.Counterpart(function.Invoke.DeclaringType!))
            {
                throw new NotMakeableException("it gives another kind of function");
            }

            other = new SideCall(Side.Base, found, mutable, function is null ? null : GivenFunction.InvokeOf(found));
        }

        return new UnderTrial(index, unit, new CallShape([.. parts], function?.Arguments.Length ?? 0), other, new SideCall(Side.Head, head, mutable, function?.Invoke));
    }

    /// <summary>The calls of it that production recorded, of those that can be made again.</summary>
    /// <param name="chance">What is drawn of them that was not recorded whole.</param>
    public ImmutableArray<Recipe> Recorded(Chance chance) =>
        [.. Unit.Recorded.Select(one => Shape.Recorded(one.Culture, [.. new[] { Head.Method.IsStatic || Head.Method is ConstructorInfo ? null : one.Receiver ?? "null" }.OfType<string>().Concat(one.Arguments).Select(value => JsonDocument.Parse(value).RootElement)], chance)).OfType<Recipe>()];

    /// <summary>The call as C#.</summary>
    /// <exception cref="NotWritableException">It can't be written.</exception>
    public string Code(Recipe recipe)
    {
        try
        {
            return CallCode.Of(Head.Method, recipe, Head.Function is not null);
        }
        catch (NotReplayableException reason)
        {
            throw new NotWritableException(reason.Message);
        }
    }

    private static Shape ShapeOf(Shapes shapes, ParameterInfo parameter)
    {
        try
        {
            return shapes.Of(parameter);
        }
        catch (NotMakeableException) when (parameter.HasDefaultValue)
        {
            return new DefaultShape(parameter);
        }
    }

    private static MethodBase? Find(Assembly assembly, string id)
    {
        const BindingFlags all = BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        var open = id.IndexOf('(', StringComparison.Ordinal);
        var name = (open < 0 ? id : id[..open])[2..];
        var dot = name.LastIndexOf('.');
        var type = dot < 0 ? null : TypeNamed(assembly, name[..dot]);
        return type?.GetMethods(all).FirstOrDefault(method => MethodIds.Of(method) == id)
            ?? (MethodBase?)type?.GetConstructors(all).FirstOrDefault(constructor => MethodIds.Of(constructor) == id);
    }

    private static Type? TypeNamed(Assembly assembly, string name)
    {
        for (var candidate = name; ; candidate = candidate[..candidate.LastIndexOf('.')] + "+" + candidate[(candidate.LastIndexOf('.') + 1)..])
        {
            if (assembly.GetType(candidate, throwOnError: false) is { } found)
            {
                return found;
            }

            if (!candidate.Contains('.', StringComparison.Ordinal))
            {
                return null;
            }
        }
    }

    /// <summary>A generic member is tried for types that fit: numbers first, then text; where it asks for types of the code's own, for those.</summary>
    private static MethodBase Closed(TypeSides sides, MethodBase method, int types)
    {
        if (!method.ContainsGenericParameters)
        {
            return method;
        }

        if (method.DeclaringType is { ContainsGenericParameters: true } owner)
        {
            var closed = TypeArguments.Fit(sides, owner.GetGenericArguments(), owner.MakeGenericType, types) ?? throw new NotMakeableException("no types are known that fit its type's parameters");
            method = MemberOf(closed, method);
        }

        return method is MethodInfo { IsGenericMethodDefinition: true } open
            ? TypeArguments.Fit(sides, open.GetGenericArguments(), arguments => open.MakeGenericMethod(arguments), types) ?? throw new NotMakeableException("no types are known that fit its type parameters")
            : method;
    }

    /// <summary>The base's, for the types that the head's is tried for.</summary>
    private static MethodBase ClosedAs(MethodBase head, MethodBase method, TypeSides sides)
    {
        try
        {
            if (method.DeclaringType is { ContainsGenericParameters: true } owner)
            {
                method = MemberOf(owner.MakeGenericType(Same(head.DeclaringType!.GetGenericArguments())), method);
            }

            return method is MethodInfo { IsGenericMethodDefinition: true } open ? open.MakeGenericMethod(Same(head.GetGenericArguments())) : method;
        }
        catch (Exception wrong) when (wrong is ArgumentException or NotSupportedException or TypeLoadException)
        {
            // As many as the base has, and what it asks of them.
            throw new NotMakeableException("its type parameters changed");
        }

        Type[] Same(Type[] arguments) => [.. arguments.Select(argument => sides.Counterpart(argument) ?? throw new NotMakeableException("its type parameters changed"))];
    }

    /// <summary>A member of an open type, in a closed one.</summary>
    private static MethodBase MemberOf(Type closed, MethodBase open) =>
        closed.GetMembers(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly).OfType<MethodBase>().First(one => one.MetadataToken == open.MetadataToken);
}
