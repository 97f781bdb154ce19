using System.Reflection;
using System.Runtime.CompilerServices;
using Airworthy.TrialWorker.Making;
using Airworthy.TrialWorker.Running;

namespace Airworthy.TrialWorker.Schedules;

/// <summary>What scenarios of a unit are made of: the members of its type that outside code can call, and the objects that the threads share.</summary>
internal sealed class ScenarioSpace
{
    private const int MostMembers = 24;
    private const BindingFlags Visible = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static;

    /// <summary>Members that end an object, or that every object has.</summary>
    private static readonly HashSet<string> s_left = new(StringComparer.Ordinal) { "Dispose", "DisposeAsync", "Close", "Equals", "GetHashCode", "GetType", "ToString", "Deconstruct", "CompareTo", "MemberwiseClone", "Finalize", "PrintMembers", "<Clone>$" };

    private readonly int _unit;
    private readonly int[] _counts;

    private ScenarioSpace(Type owner, ScenarioMember[] members, Shape[] kinds, int unit, bool isStatic, int[] counts) =>
        (Owner, Members, Kinds, _unit, IsStatic, _counts) = (owner, members, kinds, unit, isStatic, counts);

    /// <summary>The type, at the head.</summary>
    public Type Owner { get; }

    public ScenarioMember[] Members { get; }

    /// <summary>The kinds of shared objects: the type's own first, unless all is static.</summary>
    public Shape[] Kinds { get; }

    public bool IsStatic { get; }

    /// <summary>How many objects of a kind a scenario has.</summary>
    public int Count(int kind) => _counts[kind];

    /// <summary>The space of a unit.</summary>
    /// <exception cref="NotMakeableException">Nothing of it can be called by several threads.</exception>
    public static ScenarioSpace Of(UnderTrial unit, TypeSides sides)
    {
        var method = unit.Head.Method;
        var owner = method.DeclaringType!;
        if (method is ConstructorInfo)
        {
            throw new NotMakeableException("nobody shares an object while it is made");
        }

        var shapes = new Shapes(sides);
        var isStatic = method.IsStatic;
        var kinds = isStatic ? new List<Shape>() : [shapes.NotNull(owner)];
        var counts = isStatic ? new List<int>() : [1];
        var members = new List<ScenarioMember>();
        foreach (var candidate in owner.GetMethods(Visible).Where(one => IsCallable(one, owner, isStatic)).OrderBy(one => one == method ? 0 : 1).ThenBy(one => one.MetadataToken).Take(MostMembers))
        {
            try
            {
                members.Add(Member(candidate, sides, shapes, kinds, counts));
            }
            catch (NotMakeableException)
            {
                // Others can be called.
            }
        }

        return members.Count == 0
            ? throw new NotMakeableException("no member of its type can be called with values that can be made")
            : new ScenarioSpace(owner, [.. members], [.. kinds], members.FindIndex(member => member.Head == method), isStatic, [.. counts]);
    }

    /// <summary>Draws a scenario; the first ones are the plainest.</summary>
    /// <param name="chance">What it is drawn from.</param>
    /// <param name="turn">How many were drawn before.</param>
    public Scenario Draw(Chance chance, int turn)
    {
        var objects = Kinds.Select((kind, i) => Enumerable.Range(0, _counts[i]).Select(_ => kind.Make(chance, 1)).ToArray()).ToArray();
        var drawn = new List<(Shape Shape, Recipe Recipe)>();
        if (turn == 0)
        {
            var first = Call(_unit < 0 ? 0 : _unit);
            return new Scenario(objects, [], [[first], [Swapped(first)]]);
        }

        var threads = turn > 8 && chance.OneIn(4) ? 3 : 2;
        var before = Enumerable.Range(0, chance.Below(3)).Select(_ => Call(chance.Below(Members.Length))).ToArray();
        var calls = Enumerable.Range(0, threads)
            .Select(thread => Enumerable.Range(0, threads == 2 && turn > 4 ? 1 + chance.Below(2) : 1).Select(i => Call(_unit >= 0 && ((thread == 0 && i == 0) || chance.OneIn(2)) ? _unit : chance.Below(Members.Length))).ToArray());
        return new Scenario(objects, before, [.. calls]);

        ScenarioCall Call(int member)
        {
            var of = Members[member];
            var receiver = of.Head.IsStatic || IsStatic ? 0 : chance.Below(_counts[0]);
            var last = of.Head.IsStatic || IsStatic ? -1 : receiver;
            return new ScenarioCall(member, receiver, [.. of.Parameters.Select(Argument)], [.. of.Kinds.Select(Passed)]);

            // From one to the other: to itself is rarely what is meant.
            int Passed(int kind) => kind < 0 ? 0 : last = last >= 0 && _counts[kind] > 1 && !chance.OneIn(6) ? 1 - last : chance.Below(_counts[kind]);
        }

        // The same key, the same amount: what threads fight for is often one thing.
        Recipe? Argument(Shape? shape)
        {
            if (shape is null)
            {
                return null;
            }

            var same = drawn.Where(one => one.Shape.Type == shape.Type && one.Shape.GetType() == shape.GetType()).ToList();
            var recipe = same.Count > 0 && !chance.OneIn(3) ? same[chance.Below(same.Count)].Recipe : Small(shape.Make(chance, 2));
            drawn.Add((shape, recipe));
            return recipe;
        }

        // What threads count and take is rarely more than a few.
        Recipe Small(Recipe recipe) => (turn == 0 || chance.OneIn(2)) && recipe is { Shape: ScalarShape, Value: int or long } ? new Recipe(recipe.Shape, 0, recipe.Value is int ? (object)(1 + chance.Below(4)) : 1L + chance.Below(4), []) : recipe;

        // From one to the other, and back.
        ScenarioCall Swapped(ScenarioCall call) => call with
        {
            Receiver = !Members[call.Member].Head.IsStatic && _counts[0] > 1 ? 1 - call.Receiver : call.Receiver,
            Objects = [.. call.Objects.Select((one, i) => Members[call.Member].Kinds[i] is var kind && kind >= 0 && _counts[kind] > 1 ? 1 - one : one)],
        };
    }

    private static bool IsCallable(MethodInfo method, Type owner, bool isStatic) =>
        method.IsStatic == isStatic && !method.ContainsGenericParameters && !s_left.Contains(method.Name)
        && method.DeclaringType is { } by && (by == owner || TypeSides.IsOwn(by))
        && !method.IsDefined(typeof(CompilerGeneratedAttribute)) | method.IsSpecialName
        && !method.Name.StartsWith("add_", StringComparison.Ordinal) && !method.Name.StartsWith("remove_", StringComparison.Ordinal) && !method.Name.StartsWith("op_", StringComparison.Ordinal)
        && !(method.ReturnType is { IsGenericType: true } returns && returns.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>))
        && !method.Name.Contains("Unsafe", StringComparison.Ordinal) && !method.Name.Contains("NoLock", StringComparison.Ordinal);

    private static ScenarioMember Member(MethodInfo method, TypeSides sides, Shapes shapes, List<Shape> kinds, List<int> counts)
    {
        var parameters = method.GetParameters();
        var made = new Shape?[parameters.Length];
        var passed = new int[parameters.Length];
        Array.Fill(passed, -1);
        for (var i = 0; i < parameters.Length; i++)
        {
            var type = parameters[i].ParameterType;
            if (type is { IsClass: true, IsArray: false, IsAbstract: false } && TypeSides.IsOwn(type) && !typeof(Delegate).IsAssignableFrom(type))
            {
                var kind = kinds.FindIndex(one => one.Type == type);
                if (kind < 0)
                {
                    kind = kinds.Count;
                    kinds.Add(shapes.NotNull(type));
                    counts.Add(2);
                }

                counts[kind] = 2;
                passed[i] = kind;
            }
            else
            {
                made[i] = parameters[i].IsOut ? OutShape.Of(parameters[i]) : shapes.Of(parameters[i]);
            }
        }

        return new ScenarioMember(method, Counterpart(method, parameters, sides), made, passed);
    }

    private static MethodInfo? Counterpart(MethodInfo method, ParameterInfo[] parameters, TypeSides sides)
    {
        if (sides.IsHeadOnly || sides.Counterpart(method.DeclaringType!) is not { } type)
        {
            return null;
        }

        var types = parameters.Select(parameter => sides.Counterpart(parameter.ParameterType)).OfType<Type>().ToArray();
        return types.Length == parameters.Length ? TypeSides.Plain(type, method.Name, Visible | BindingFlags.NonPublic, types) : null;
    }
}
