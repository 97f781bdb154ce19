using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Airworthy.TrialWorker.Making;

/// <summary>The shapes of types, found once each: scalars, choices, collections, functions, and objects by the ways the code offers to make them.</summary>
/// <param name="sides">The two sides.</param>
internal sealed class Shapes(TypeSides sides)
{
    private readonly Dictionary<Type, Shape> _plain = [];
    private readonly NullabilityInfoContext _nullability = new();

    /// <summary>What each type failed for, so that it is looked for once.</summary>
    private readonly Dictionary<Type, string> _failed = [];

    /// <summary>The shape of a parameter.</summary>
    /// <exception cref="NotMakeableException">No value of it can be made.</exception>
    public Shape Of(ParameterInfo parameter)
    {
        var type = Invoker.Carrier(parameter.ParameterType);
        return Of(type, type.IsValueType || Says(() => _nullability.Create(parameter)));
    }

    /// <summary>The shape of a property's value.</summary>
    public Shape Of(PropertyInfo property) => Of(property.PropertyType, property.PropertyType.IsValueType || Says(() => _nullability.Create(property)));

    /// <summary>The shape of a type, with nulls among its values where it can be null.</summary>
    public Shape Of(Type type, bool isNullPromised)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return new OptionalShape(NotNull(underlying), type, isPromised: true);
        }

        var shape = NotNull(type);
        return type.IsValueType || type.IsArray && type.GetElementType() is { } item && shape is SequenceShape && IsCarrier(item) ? shape : new OptionalShape(shape, type, isNullPromised);
    }

    /// <summary>The shape of a type's values that are not null.</summary>
    public Shape NotNull(Type type)
    {
        if (_plain.TryGetValue(type, out var known))
        {
            return known;
        }

        if (_failed.TryGetValue(type, out var reason))
        {
            throw new NotMakeableException(reason);
        }

        try
        {
            var shape = Find(type);
            _plain[type] = shape;
            return shape;
        }
        catch (NotMakeableException failed)
        {
            _plain.Remove(type);
            _failed[type] = failed.Message;
            throw;
        }
    }

    /// <summary>The base's type for one of the head.</summary>
    /// <exception cref="NotMakeableException">The base has none.</exception>
    public Type Base(Type type) => sides.Counterpart(type) ?? throw new NotMakeableException($"the base has no type {type.Name}");

    // An array that stands for a span can't be null.
    private static bool IsCarrier(Type item) => item == typeof(byte) || item == typeof(char);

    private static bool Says(Func<NullabilityInfo> read)
    {
        try
        {
            return read().WriteState == NullabilityState.Nullable;
        }
        catch (Exception failed) when (failed is NotSupportedException or InvalidOperationException or ArgumentException or IndexOutOfRangeException)
        {
            return false;
        }
    }

    private Shape Find(Type type)
    {
        if (type.IsByRefLike || type.IsPointer || type.IsFunctionPointer || type.IsGenericParameter)
        {
            throw new NotMakeableException($"a {type.Name} lives on the stack alone");
        }

        if (Scalars.Of(type) is { } scalar)
        {
            return scalar;
        }

        if (type.IsEnum)
        {
            return new EnumShape(type, Base(type));
        }

        if ((Scalars.MenuOf(type) ?? Comparer(type)) is { } menu)
        {
            return menu;
        }

        if (type == typeof(object))
        {
            var any = new UnionShape(type);
            any.Open([NotNull(typeof(string)), NotNull(typeof(int)), NotNull(typeof(double)), NotNull(typeof(bool)), NotNull(typeof(DateTime)), NotNull(typeof(decimal))]);
            return any;
        }

        if (typeof(Delegate).IsAssignableFrom(type) && type.GetMethod("Invoke") is { } invoke)
        {
            if (invoke.ReturnType.IsByRefLike || invoke.ReturnType.IsByRef || Array.Exists(invoke.GetParameters(), one => one.ParameterType.IsByRef || one.ParameterType.IsByRefLike))
            {
                throw new NotMakeableException($"a {type.Name} takes or gives what lives on the stack alone");
            }

            return Function(type, invoke);
        }

        return Task(type) ?? Pairs(type) ?? Sequence(type) ?? FrameworkObject(type) ?? Object(type);
    }

    /// <summary>A function: a simple one, and where its type is the code's own one that the code offers, which may do more than can be made up.</summary>
    private Shape Function(Type type, MethodInfo invoke)
    {
        if (!TypeSides.IsOwn(type))
        {
            return new DelegateShape(type, Base(type), Result());
        }

        var union = new UnionShape(type);
        // Before what it is made of is looked for, which may take another.
        _plain[type] = union;
        var offered = new ObjectShape(type);
        var ways = new ObjectWays(this, sides).OfferedOf(type);
        offered.Open(ways);
        union.Open(ways.Count > 0 ? [new DelegateShape(type, Base(type), Result()), offered] : [new DelegateShape(type, Base(type), Result())]);
        return union;

        Shape? Result() => invoke.ReturnType == typeof(void) ? null : Of(invoke.ReturnType, isNullPromised: false);
    }

    /// <summary>Ways to compare what both sides share: as it compares itself, and where there is an order the other way round.</summary>
    private MenuShape? Comparer(Type type)
    {
        if (!type.IsGenericType || type.GetGenericArguments()[0] is var item && (item.IsByRefLike || Base(item) != item))
        {
            return null;
        }

        var code = type.GetGenericTypeDefinition() == typeof(IEqualityComparer<>) ? "EqualityComparer" : type.GetGenericTypeDefinition() == typeof(IComparer<>) ? "Comparer" : null;
        if (code is null)
        {
            return null;
        }

        var named = $"global::System.Collections.Generic.{code}<{Replay.CSharpType.Of(item)}>";
        var plain = (code == "Comparer" ? typeof(Comparer<>) : typeof(EqualityComparer<>)).MakeGenericType(item).GetProperty("Default")!;
        var ways = new List<(Func<object> Make, string Code)> { (() => plain.GetValue(null)!, named + ".Default") };
        if (code == "Comparer")
        {
            var reversed = typeof(Shapes).GetMethod(nameof(Reversed), BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(item).CreateDelegate<Func<object>>();
            ways.Add((reversed, $"{named}.Create((one, other) => {named}.Default.Compare(other, one))"));
        }

        return new MenuShape(type, ways);
    }

    private static Comparer<T> Reversed<T>() => Comparer<T>.Create((one, other) => Comparer<T>.Default.Compare(other, one));

    private TaskShape? Task(Type type)
    {
        if (type == typeof(Task) || type == typeof(ValueTask))
        {
            return type == typeof(Task) ? new TaskShape(type, NotNull(typeof(int)), (typeof(int), typeof(int))) : null;
        }

        if (!type.IsGenericType || (type.GetGenericTypeDefinition() != typeof(Task<>) && type.GetGenericTypeDefinition() != typeof(ValueTask<>)))
        {
            return null;
        }

        var result = type.GetGenericArguments()[0];
        return new TaskShape(type, Of(result, isNullPromised: false), (Base(result), result));
    }

    private PairsShape? Pairs(Type type)
    {
        if (TypeSides.IsOwn(type) && !type.IsGenericType)
        {
            return null;
        }

        var arguments = new[] { typeof(IDictionary<,>), typeof(IReadOnlyDictionary<,>) }.Select(open => Implemented(type, open)).FirstOrDefault(one => one is not null)?.GetGenericArguments();
        if (arguments is null)
        {
            return null;
        }

        var made = typeof(Dictionary<,>).MakeGenericType(arguments);
        var @base = typeof(Dictionary<,>).MakeGenericType(Base(arguments[0]), Base(arguments[1]));
        return Wrapper(type) is { } head && Wrapper(Base(type)) is { } other
            ? new PairsShape(type, NotNull(arguments[0]), Of(arguments[1], isNullPromised: false), (@base, made), (other, head), WrapperCode(type, made))
            : null;
    }

    private static Func<IDictionary, object>? Wrapper(Type type)
    {
        var arguments = type.GetInterfaces().Prepend(type).First(one => one.IsGenericType && (one.GetGenericTypeDefinition() == typeof(IDictionary<,>) || one.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>))).GetGenericArguments();
        if (type.IsAssignableFrom(typeof(Dictionary<,>).MakeGenericType(arguments)))
        {
            return pairs => pairs;
        }

        if (type.GetConstructor([typeof(IDictionary<,>).MakeGenericType(arguments)]) is { } constructor)
        {
            return pairs => constructor.Invoke(BindingFlags.DoNotWrapExceptions, binder: null, [pairs], culture: null);
        }

        var (holder, name) = type.Namespace == "System.Collections.Frozen" ? ("System.Collections.Frozen.FrozenDictionary", "ToFrozenDictionary") : ("System.Collections.Immutable.Immutable" + (type.Name.Contains("Sorted", StringComparison.Ordinal) ? "SortedDictionary" : "Dictionary"), "CreateRange");
        var factory = type.Assembly.GetType(holder)?.GetMethods().FirstOrDefault(method => method.Name == name && method.GetGenericArguments().Length == 2 && method.GetParameters().Length == (name == "CreateRange" ? 1 : 2));
        return factory is null ? null : pairs => factory.MakeGenericMethod(arguments).Invoke(null, factory.GetParameters().Length == 1 ? [pairs] : [pairs, null])!;
    }

    private static Func<string, string> WrapperCode(Type type, Type made) => type.IsAssignableFrom(made) ? code => code : code => $"new {Replay.CSharpType.Of(type)}({code})";

    private SequenceShape? Sequence(Type type)
    {
        if (type == typeof(string) || (type.IsArray && type.GetArrayRank() > 1) || (TypeSides.IsOwn(type) && !type.IsInterface && !type.IsArray))
        {
            return null;
        }

        var item = type.IsArray ? type.GetElementType()!
            : type.IsGenericType && type.GetGenericTypeDefinition() is var open && (open == typeof(Memory<>) || open == typeof(ReadOnlyMemory<>)) ? type.GetGenericArguments()[0]
            : ItemsOf(type)?.GetGenericArguments()[0]
            ?? (type == typeof(IEnumerable) || type == typeof(ICollection) || type == typeof(IList) ? typeof(object) : null);
        if (item is null || item.IsByRefLike || TypeSides.IsOwn(type) && type.IsInterface)
        {
            return null;
        }

        var @base = Base(item);
        return SequenceShape.Wrapper(type, item) is { } head && SequenceShape.Wrapper(Base(type), @base) is { } other
            ? new SequenceShape(type, Of(item, isNullPromised: false), (@base, item), (other, head), SequenceShape.WrapperCode(type, item))
            : null;
    }

    private static Type? ItemsOf(Type type) => Implemented(type, typeof(IEnumerable<>)) ?? Implemented(type, typeof(IAsyncEnumerable<>)) ?? (type.IsInterface ? Implemented(type, typeof(IEnumerator<>)) : null);

    private ObjectShape? FrameworkObject(Type type)
    {
        (Type Made, Type[] Takes)? known = type switch
        {
            _ when type == typeof(StringBuilder) => (type, [typeof(string)]),
            _ when type == typeof(Stream) || type == typeof(MemoryStream) => (typeof(MemoryStream), [typeof(byte[])]),
            _ when type == typeof(TextReader) || type == typeof(StringReader) => (typeof(StringReader), [typeof(string)]),
            _ when type == typeof(TextWriter) || type == typeof(StringWriter) => (typeof(StringWriter), []),
            _ when type == typeof(Random) => (type, [typeof(int)]),
            _ => null,
        };
        if (known is not { } one)
        {
            return null;
        }

        var constructor = one.Made.GetConstructor(one.Takes)!;
        var call = Invoker.Of(constructor);
        var shape = new ObjectShape(one.Made);
        shape.Open([new MakingWay(call, call, [.. constructor.GetParameters().Select(parameter => NotNull(parameter.ParameterType))], [], constructor)]);
        return shape;
    }

    private Shape Object(Type type)
    {
        if (!TypeSides.IsOwn(type) && !IsTame(type))
        {
            throw new NotMakeableException($"no way is known to make a {type.FullName ?? type.Name}");
        }

        if (type.IsInterface || type.IsAbstract)
        {
            var union = new UnionShape(type);
            // Before its members are looked for: one of them may hold it.
            _plain[type] = union;
            var members = Implementations(type).Select(TryNotNull).OfType<Shape>().Take(6).ToList();
            if (Factories(type).Count > 0)
            {
                var made = new ObjectShape(type);
                made.Open(Factories(type));
                members.Add(made);
            }

            union.Open(members.Count > 0 ? members : throw new NotMakeableException($"no implementation of {type.Name} can be made"));
            return union;
        }

        var shape = new ObjectShape(type);
        _plain[type] = shape;
        var ways = new ObjectWays(this, sides).Of(type);
        shape.Open(ways.Count > 0 ? ways : throw new NotMakeableException($"{type.Name} has no constructor or factory that can be called with values that can be made"));
        return shape;
    }

    private List<MakingWay> Factories(Type type) => new ObjectWays(this, sides).FactoriesOf(type);

    private Shape? TryNotNull(Type type)
    {
        try
        {
            return NotNull(type);
        }
        catch (NotMakeableException)
        {
            return null;
        }
    }

    private IEnumerable<Type> Implementations(Type type)
    {
        var wanted = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        foreach (var candidate in sides.HeadAssemblies.ToList().SelectMany(TypeSides.TypesOf).Where(one => one is { IsAbstract: false, IsInterface: false } && !one.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false)).OrderBy(one => !one.IsPublic ? 2 : ObjectWays.ParsersOf(one).Any() ? 0 : 1))
        {
            if (!candidate.IsGenericTypeDefinition)
            {
                if (type.IsAssignableFrom(candidate))
                {
                    yield return candidate;
                }
            }
            else if (type.IsGenericType && candidate.GetGenericArguments().Length == type.GetGenericArguments().Length && candidate.GetInterfaces().Append(candidate.BaseType!).Any(one => one is { IsGenericType: true } && one.GetGenericTypeDefinition() == wanted))
            {
                var closed = Closed(candidate, type.GetGenericArguments());
                if (closed is not null && type.IsAssignableFrom(closed))
                {
                    yield return closed;
                }
            }
        }
    }

    private static Type? Closed(Type open, Type[] arguments)
    {
        try
        {
            return open.MakeGenericType(arguments);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Types of the framework that hold values and touch nothing outside.</summary>
    private static bool IsTame(Type type) =>
        type.Namespace is "System" or "System.Buffers" or "System.Collections" or "System.Collections.Generic" or "System.Numerics" or "System.Globalization" or "System.Text" or "System.Collections.ObjectModel" or "System.Linq"
        && !typeof(MarshalByRefObject).IsAssignableFrom(type) && type != typeof(AppDomain) && type != typeof(Delegate) && type != typeof(GC) && !typeof(Exception).IsAssignableFrom(type)
        || (typeof(Exception).IsAssignableFrom(type) && type.Namespace == "System");

    private static Type? Implemented(Type type, Type open) => type.GetInterfaces().Prepend(type).FirstOrDefault(one => one.IsGenericType && one.GetGenericTypeDefinition() == open);
}
