using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;
using Airworthy.TrialWorker.Making;

namespace Airworthy.TrialWorker.Observing;

/// <summary>What anybody can see of an object of a type: its public properties and fields, and its items.</summary>
internal sealed class ObservedType
{
    private static readonly ConcurrentDictionary<Type, ObservedType> s_known = new();

    private ObservedType(Type type)
    {
        var isFramework = type.Assembly == typeof(object).Assembly || type.Namespace is { } space && (space == "System" || space.StartsWith("System.", StringComparison.Ordinal));
        IsSequence = typeof(IEnumerable).IsAssignableFrom(type);
        // Iterators are numbered by the compiler: a member more in their class would look like a difference.
        var isMade = IsMade(type) || type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false);
        Members = (isFramework && !IsPlain(type)) || (isMade && IsSequence) ? [] : [.. MembersOf(type)];
        // Whether items lie in a list, an array, or are given one by one, is nothing that a caller counts on.
        Name = isMade || type.IsArray || (IsSequence && (isFramework || !type.IsVisible)) ? "" : NameOf(type);
        HasText = Members.Length == 0 && !IsSequence && type.GetMethod(nameof(ToString), 0, Type.EmptyTypes)!.DeclaringType is { } by && by != typeof(object) && by != typeof(ValueType);
    }

    /// <summary>Its name without its namespace; empty where its name says nothing.</summary>
    public string Name { get; }

    public bool IsSequence { get; }

    /// <summary>True when its text is all there is to see.</summary>
    public bool HasText { get; }

    /// <summary>What can be read of it.</summary>
    public (string Name, Func<object?[], object?> Read)[] Members { get; }

    public static ObservedType Of(Type type) => s_known.GetOrAdd(type, static one => new ObservedType(one));

    /// <summary>Whether the compiler named it: no C# can. It marks those it writes as its own, and not what is in them.</summary>
    private static bool IsMade(MemberInfo member) => member.Name.Contains('<', StringComparison.Ordinal);

    private static bool IsPlain(Type type) => type.FullName is { } name && (name.StartsWith("System.ValueTuple", StringComparison.Ordinal) || name.StartsWith("System.Tuple", StringComparison.Ordinal) || name.StartsWith("System.Collections.Generic.KeyValuePair", StringComparison.Ordinal));

    private static IEnumerable<(string Name, Func<object?[], object?> Read)> MembersOf(Type type)
    {
        const BindingFlags visible = BindingFlags.Instance | BindingFlags.Public;
        foreach (var property in type.GetProperties(visible).Where(one => one.GetMethod is { IsPublic: true } && one.GetIndexParameters().Length == 0).DistinctBy(one => one.Name, StringComparer.Ordinal).OrderBy(one => one.Name, StringComparer.Ordinal))
        {
            Func<object?[], object?> read;
            try
            {
                // The most derived one, as a caller would reach it.
                read = Invoker.Of(property.GetMethod!);
            }
            catch (NotMakeableException)
            {
                continue;
            }

            yield return (property.Name, read);
        }

        foreach (var field in type.GetFields(visible).Where(one => !IsMade(one)).OrderBy(one => one.Name, StringComparer.Ordinal))
        {
            yield return (field.Name, owner => field.GetValue(owner[0]));
        }
    }

    private static string NameOf(Type type)
    {
        if (type.IsArray)
        {
            return NameOf(type.GetElementType()!) + "[]";
        }

        var plain = type.Name.Split('`')[0];
        return type.IsGenericType ? $"{plain}<{string.Join(", ", type.GetGenericArguments().Select(NameOf))}>" : plain;
    }
}
