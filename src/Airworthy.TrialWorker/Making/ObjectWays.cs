using System.Reflection;
using System.Runtime.CompilerServices;

namespace Airworthy.TrialWorker.Making;

/// <summary>The ways a type offers to make an object of it, that both sides have: constructors, static factories and instances, with the properties set besides.</summary>
internal sealed class ObjectWays(Shapes shapes, TypeSides sides)
{
    private const int MostWays = 8;
    private const int MostParsers = 3;
    private const int MostSetters = 64;
    private const BindingFlags Statics = BindingFlags.Static | BindingFlags.Public;
    private const BindingFlags Instances = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    public List<MakingWay> Of(Type type)
    {
        if (sides.Counterpart(type) is not { } @base)
        {
            throw new NotMakeableException($"the base has no type {type.Name}");
        }

        var constructors = type.GetConstructors(Instances).Where(one => !one.IsPrivate || IsOnly(type)).ToList();
        var visible = constructors.Exists(one => one.IsPublic) ? constructors.Where(one => one.IsPublic) : constructors;
        var ways = visible
            .Where(constructor => !IsCopy(constructor, type))
            .Select(constructor => Way(constructor, type, @base))
            .OfType<MakingWay>()
            .Concat(FactoriesOf(type))
            .Concat(ParsersOf(type).Select(method => Factory(method, sides.Counterpart(method.DeclaringType!))).OfType<MakingWay>())
            .Concat(BuilderOf(type, @base) is { } built ? [built] : [])
            .OrderBy(way => way.Parameters.Sum(Weight))
            .Take(MostWays)
            .ToList();
        if (type.IsValueType && ways.Count == 0)
        {
            ways.Add(new MakingWay(_ => Activator.CreateInstance(@base), _ => Activator.CreateInstance(type), [], Setters(type, @base, isPlain: true), null));
        }

        return ways;
    }

    /// <summary>Public static members that give the type.</summary>
    public List<MakingWay> FactoriesOf(Type type)
    {
        if (sides.Counterpart(type) is not { } @base || type.ContainsGenericParameters)
        {
            return [];
        }

        var methods = type.GetMethods(Statics)
            .Where(method => method.ReturnType == type && !method.IsGenericMethod && !method.IsSpecialName && !Array.Exists(method.GetParameters(), one => one.ParameterType == type || one.ParameterType.IsByRef || IsMerelyText(one)))
            .Select(method => Factory(method, @base));
        var instances = type.GetProperties(Statics).Where(property => property.PropertyType == type && property.GetMethod is { } get && get.GetParameters().Length == 0)
            .Select(property => Factory(property.GetMethod!, @base) is { } made ? made with { Member = property } : null);
        var fields = type.GetFields(Statics).Where(field => field.FieldType == type && field.IsInitOnly).Select(field => FieldWay(field, @base));
        return [.. instances.Concat(fields).Concat(methods).OfType<MakingWay>().Take(MostWays)];
    }

    /// <summary>Public static members of any class of the same assembly that give the type, and need none to.</summary>
    public List<MakingWay> OfferedOf(Type type)
    {
        var classes = TypeSides.TypesOf(type.Assembly).Where(one => one is { IsPublic: true, IsAbstract: true, IsSealed: true, ContainsGenericParameters: false }).ToList();
        var instances = classes.SelectMany(one => one.GetProperties(Statics)).Where(property => property.PropertyType == type && property.GetMethod is { } get && get.GetParameters().Length == 0)
            .Select(property => Factory(property.GetMethod!, sides.Counterpart(property.DeclaringType!)) is { } made ? made with { Member = property } : null);
        var methods = classes.SelectMany(one => one.GetMethods(Statics))
            .Where(method => method.ReturnType == type && !method.IsGenericMethod && !method.IsSpecialName && !Array.Exists(method.GetParameters(), one => one.ParameterType == type || one.ParameterType.IsByRef))
            .Select(method => Factory(method, sides.Counterpart(method.DeclaringType!)));
        return [.. instances.Concat(methods).OfType<MakingWay>().OrderBy(way => way.Parameters.Sum(Weight)).Take(MostWays)];
    }

    /// <summary>Public static methods of other classes that make an object of a type of a text: no constructor puts together what they do.</summary>
    public static IEnumerable<MethodInfo> ParsersOf(Type type) =>
        TypeSides.IsOwn(type) && !type.ContainsGenericParameters
            ? TypeSides.TypesOf(type.Assembly).Where(one => one is { IsPublic: true, IsAbstract: true, IsSealed: true } && one != type).SelectMany(one => one.GetMethods(Statics))
                .Where(method => method.ReturnType == type && !method.IsGenericMethod && method.GetParameters() is [{ } first, .. var rest] && first.ParameterType == typeof(string) && !Array.Exists(rest, one => one.ParameterType.IsByRef || one.ParameterType == type))
                .Take(MostParsers)
            : [];

    /// <summary>By a builder: a class of the same assembly whose <c>Build()</c> gives the type.</summary>
    private MakingWay? BuilderOf(Type type, Type @base)
    {
        var build = TypeSides.TypesOf(type.Assembly).Where(one => one is { IsPublic: true, IsAbstract: false, IsGenericTypeDefinition: false } && one != type)
            .Select(one => TypeSides.Plain(one, "Build", Instances, [])).FirstOrDefault(method => method is { IsPublic: true } && method.ReturnType == type);
        if (build is null || sides.Counterpart(build.DeclaringType!) is not { } builder || TypeSides.Plain(builder, "Build", Instances, []) is not { } other || other.ReturnType != @base)
        {
            return null;
        }

        try
        {
            return new MakingWay(Invoker.Of(other), Invoker.Of(build), [shapes.NotNull(build.DeclaringType!)], [], build);
        }
        catch (NotMakeableException)
        {
            return null;
        }
    }

    /// <summary>Extension methods that take a type, give it back, and need nothing else: the steps of a builder.</summary>
    private IEnumerable<Setter> StepsOf(Type type)
    {
        var name = type.FullName!;
        if (!type.Name.EndsWith("Builder", StringComparison.Ordinal) || !TypeSides.IsOwn(type))
        {
            yield break;
        }

        foreach (var method in TypeSides.TypesOf(type.Assembly).Where(one => one is { IsPublic: true, IsAbstract: true, IsSealed: true }).SelectMany(one => one.GetMethods(Statics))
            .Where(method => method.ReturnType == type && !method.IsGenericMethod && method.IsDefined(typeof(ExtensionAttribute)) && method.GetParameters() is [var first, .. var rest] && first.ParameterType == type && Array.TrueForAll(rest, one => one.HasDefaultValue)))
        {
            var other = sides.Counterpart(method.DeclaringType!)?.GetMethods(Statics).FirstOrDefault(one => one.Name == method.Name && one.GetParameters() is [var taken, .. var left] && taken.ParameterType.FullName == name && left.Length == method.GetParameters().Length - 1);
            if (other is not null)
            {
                yield return new Setter(method.Name, Step(other), Step(method), CalledShape.Instance, IsRequired: false) { Extension = method.DeclaringType };
            }
        }
    }

    private static Func<object?[], object?> Step(MethodInfo method)
    {
        var parameters = method.GetParameters();
        return given => method.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [given[0], .. parameters.Skip(1).Select(one => one.DefaultValue is DBNull ? null : one.DefaultValue)], null);
    }

    // A text that has to be in a form of its own is hardly ever hit: such a factory is the last choice, and its failures are many.
    private static bool IsMerelyText(ParameterInfo parameter) => parameter.ParameterType == typeof(ReadOnlySpan<char>);

    private static bool IsCopy(ConstructorInfo constructor, Type type) => constructor.GetParameters() is [{ } only] && only.ParameterType == type;

    private static bool IsOnly(Type type) => type.GetConstructors(Instances).Length == 1 && type.GetMethods(Statics).All(method => method.ReturnType != type) && type.GetProperties(Statics).All(property => property.PropertyType != type);

    private static int Weight(Shape shape) => shape switch
    {
        ObjectShape or UnionShape => 10,
        OptionalShape optional => Weight(optional.Part(0, 0)),
        _ => 1,
    };

    private static MakingWay? FieldWay(FieldInfo field, Type @base) =>
        @base.GetField(field.Name, Statics) is { } other ? new MakingWay(_ => other.GetValue(null), _ => field.GetValue(null), [], [], field) : null;

    private MakingWay? Factory(MethodInfo method, Type? @base)
    {
        try
        {
            var parameters = method.GetParameters();
            return Counterpart(parameters) is { } types && @base is not null && TypeSides.Plain(@base, method.Name, Statics, types) is { } other
                ? new MakingWay(Invoker.Of(other), Invoker.Of(method), [.. parameters.Select(shapes.Of)], [], method)
                : null;
        }
        catch (NotMakeableException)
        {
            return null;
        }
    }

    private MakingWay? Way(ConstructorInfo constructor, Type type, Type @base)
    {
        try
        {
            var parameters = constructor.GetParameters();
            if (Counterpart(parameters) is not { } types || @base.GetConstructor(Instances, types) is not { } other)
            {
                return null;
            }

            Shape[] made = [.. parameters.Select(shapes.Of)];
            // Where the constructor asks for nothing, the object is what is set on it.
            var isPlain = parameters.Length == 0 || type.GetProperties().Any(property => property.IsDefined(typeof(RequiredMemberAttribute)));
            return new MakingWay(Invoker.Of(other), Invoker.Of(constructor), made, Setters(type, @base, isPlain), constructor);
        }
        catch (NotMakeableException)
        {
            return null;
        }
    }

    private Setter[] Setters(Type type, Type @base, bool isPlain)
    {
        if (!isPlain)
        {
            return [];
        }

        var setters = new List<Setter>();
        foreach (var property in type.GetProperties(BindingFlags.Instance | BindingFlags.Public).Where(one => one.SetMethod is { IsPublic: true } && one.GetIndexParameters().Length == 0).Take(MostSetters))
        {
            var isRequired = property.IsDefined(typeof(RequiredMemberAttribute));
            try
            {
                // By its type too: one that hides another of that name may have another.
                if (sides.Counterpart(property.PropertyType) is { } of && @base.GetProperty(property.Name, BindingFlags.Instance | BindingFlags.Public, null, of, [], null)?.SetMethod is { } other)
                {
                    setters.Add(new Setter(property.Name, Invoker.Of(other), Invoker.Of(property.SetMethod!), shapes.Of(property), isRequired));
                }
            }
            catch (NotMakeableException) when (!isRequired)
            {
                // It stays as the constructor made it.
            }
        }

        return [.. setters.Concat(StepsOf(type)).Take(MostSetters)];
    }

    private Type[]? Counterpart(ParameterInfo[] parameters)
    {
        var types = parameters.Select(parameter => sides.Counterpart(parameter.ParameterType)).ToArray();
        return Array.Exists(types, type => type is null) ? null : [.. types.OfType<Type>()];
    }
}
