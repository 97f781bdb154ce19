using System.Globalization;
using System.Reflection;
using System.Text;

namespace Airworthy.Replay;

/// <summary>The methods and constructors of an assembly by their documentation-comment ids.</summary>
internal static class MethodIds
{
    private const BindingFlags Declared = BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    public static Dictionary<string, MethodBase> Of(Assembly assembly)
    {
        var methods = new Dictionary<string, MethodBase>(StringComparer.Ordinal);
        foreach (var type in assembly.GetTypes())
        {
            foreach (var method in type.GetMethods(Declared))
            {
                methods.TryAdd(Of(method), method);
            }

            foreach (var constructor in type.GetConstructors(Declared))
            {
                methods.TryAdd(Of(constructor), constructor);
            }
        }

        return methods;
    }

    /// <summary>The id of a method; for example <c>M:Shop.Refunds.Split(System.Decimal,System.Int32)</c>.</summary>
    public static string Of(MethodInfo method)
    {
        var id = new StringBuilder("M:").Append(TypeName(method.DeclaringType!)).Append('.').Append(MemberName(method.Name));
        if (method.IsGenericMethodDefinition)
        {
            id.Append("``").Append(method.GetGenericArguments().Length);
        }

        var parameters = method.GetParameters();
        if (parameters.Length > 0)
        {
            id.Append('(').AppendJoin(',', parameters.Select(parameter => TypeId(parameter.ParameterType))).Append(')');
        }

        if (method.Name is "op_Implicit" or "op_Explicit")
        {
            id.Append('~').Append(TypeId(method.ReturnType));
        }

        return id.ToString();
    }

    /// <summary>The id of a constructor.</summary>
    public static string Of(ConstructorInfo constructor)
    {
        var parameters = constructor.GetParameters();
        return $"M:{TypeName(constructor.DeclaringType!)}.{(constructor.IsStatic ? "#cctor" : "#ctor")}{(parameters.Length == 0 ? "" : $"({string.Join(',', parameters.Select(parameter => TypeId(parameter.ParameterType)))})")}";
    }

    private static string TypeName(Type type) =>
        type.DeclaringType is { } outer ? $"{TypeName(outer)}.{type.Name}" : string.IsNullOrEmpty(type.Namespace) ? type.Name : $"{type.Namespace}.{type.Name}";

    /// <summary>The name of an explicit implementation holds the interface's, whose marks mean something else in an id.</summary>
    private static string MemberName(string name) => !name.Contains('.', StringComparison.Ordinal) ? name
        : name.Replace('.', '#').Replace('<', '{').Replace('>', '}').Replace(',', '@');

    private static string TypeId(Type type)
    {
        if (type.IsByRef)
        {
            return TypeId(type.GetElementType()!) + "@";
        }

        if (type.IsPointer)
        {
            return TypeId(type.GetElementType()!) + "*";
        }

        if (type.IsArray)
        {
            var rank = type.GetArrayRank();
            return TypeId(type.GetElementType()!) + (rank == 1 ? "[]" : $"[{string.Join(',', Enumerable.Repeat("0:", rank))}]");
        }

        if (type.IsGenericParameter)
        {
            return (type.DeclaringMethod is null ? "`" : "``") + type.GenericParameterPosition.ToString(CultureInfo.InvariantCulture);
        }

        return type.IsFunctionPointer ? "" : type.IsGenericType ? Instance(type) : TypeName(type);
    }

    /// <summary>Each level of nested types takes its own arguments: <c>Outer{A}.Inner{B}</c>.</summary>
    private static string Instance(Type type)
    {
        var levels = TypeName(type).Split('.');
        var arguments = type.GetGenericArguments();
        var given = 0;
        for (var i = 0; i < levels.Length; i++)
        {
            if (levels[i].Split('`') is [var name, var arity] && int.TryParse(arity, CultureInfo.InvariantCulture, out var count))
            {
                levels[i] = $"{name}{{{string.Join(',', arguments.Skip(given).Take(count).Select(TypeId))}}}";
                given += count;
            }
        }

        return string.Join('.', levels);
    }
}
