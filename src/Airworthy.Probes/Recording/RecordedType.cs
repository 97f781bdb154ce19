using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Airworthy.Probes.Recording;

/// <summary>The fields of a type and its bases, looked up once, without keeping the type loaded.</summary>
[RequiresUnreferencedCode("Recordings read fields by reflection.")]
internal sealed class RecordedType
{
    private const BindingFlags Own = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>By name: an app may carry another version of the attribute than the one that looks.</summary>
    private const string Redact = "Airworthy.Probes.RedactAttribute";

    private static readonly ConditionalWeakTable<Type, RecordedType> s_known = [];

    private static readonly string[] s_spaces =
        ["System", "Microsoft.AspNetCore", "Microsoft.Data", "Microsoft.EntityFrameworkCore", "Microsoft.Extensions", "Microsoft.Win32"];

    /// <summary>Types of the framework whose fields are what they are.</summary>
    private static readonly string[] s_plain = ["System.ValueTuple`", "System.Tuple`", "System.Collections.Generic.KeyValuePair`"];

    private RecordedType(Type type)
    {
        IsRedacted = Bases(type).Any(IsMarked);
        Fields = [.. Bases(type).TakeWhile(one => !IsOfFramework(one) || IsPlain(one)).SelectMany(one => one.GetFields(Own).Where(IsWritten).Select(Read))];
    }

    /// <summary>True when no value of the type is to be kept.</summary>
    public bool IsRedacted { get; }

    public IReadOnlyList<Field> Fields { get; }

    public static RecordedType Of(Type type) => s_known.GetValue(type, static one => new RecordedType(one));

    /// <summary>The framework's own types: their collections can be enumerated without running the app's code; the fields of the others mean nothing.</summary>
    public static bool IsOfFramework(Type type) =>
        type.Assembly == typeof(object).Assembly
        || (type.Namespace is { } name && Array.Exists(s_spaces, space => name.StartsWith(space, StringComparison.Ordinal) && (name.Length == space.Length || name[space.Length] == '.')));

    /// <summary>True for tuples and pairs.</summary>
    public static bool IsPlain(Type type) => type.IsGenericType && Array.Exists(s_plain, name => $"{type.Namespace}.{type.Name}".StartsWith(name, StringComparison.Ordinal));

    /// <summary>True for the class that holds what a lambda captures, which the compiler names anew in each build.</summary>
    public static bool IsClosure(Type type) => type.Name.StartsWith("<>c", StringComparison.Ordinal);

    /// <summary>True for types that have no name which lasts to the next build: closures and anonymous types.</summary>
    public static bool IsNameless(Type type) => IsClosure(type) || type.Name.StartsWith("<>f__AnonymousType", StringComparison.Ordinal);

    /// <summary>How recordings name it.</summary>
    public static string? NameOf(Type type) => IsClosure(type) ? "captured" : IsNameless(type) ? "anonymous" : type.FullName;

    /// <summary>False for what the compiler keeps beside what a lambda captures: delegates that were made once.</summary>
    private static bool IsWritten(FieldInfo field) => !field.Name.StartsWith("<>9", StringComparison.Ordinal);

    private static IEnumerable<Type> Bases(Type type)
    {
        for (var one = type; one is not null; one = one.BaseType)
        {
            yield return one;
        }
    }

    private static Field Read(FieldInfo field)
    {
        // An auto-property's field is called <Name>k__BackingField, a primary constructor's parameter <name>P.
        // A closure's <>4__this is the object its lambda is written in, its CS$<>8__locals1 the closure around it.
        var name = field.Name is ['<', .. var rest] && rest.IndexOf('>', StringComparison.Ordinal) is > 0 and var end ? rest[..end]
            : !IsClosure(field.DeclaringType!) ? field.Name
            : field.Name == "<>4__this" ? "$this" : field.Name.StartsWith("CS$<>8__locals", StringComparison.Ordinal) ? "$outer" : field.Name;
        var property = name == field.Name ? null
            : field.DeclaringType!.GetProperty(name, Own | BindingFlags.Static);
        return new Field(field, name, IsMarked(field) || (property is not null && IsMarked(property)));
    }

    private static bool IsMarked(MemberInfo member) => member.CustomAttributes.Any(attribute => attribute.AttributeType.FullName == Redact);

    /// <summary>A field.</summary>
    /// <param name="Info">The field itself.</param>
    /// <param name="Name">Its name as a person wrote it.</param>
    /// <param name="IsRedacted">True when its value is not to be kept.</param>
    public sealed record Field(FieldInfo Info, string Name, bool IsRedacted);
}
