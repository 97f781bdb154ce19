using System.Reflection;
using System.Text.RegularExpressions;
using Airworthy.Replay;

namespace Airworthy.TrialWorker.Making;

/// <summary>A call as C#: of a method, a property, an indexer, an operator, a constructor.</summary>
internal static partial class CallCode
{
    private static readonly Dictionary<string, string> s_operators = new(StringComparer.Ordinal)
    {
        ["op_Addition"] = "+", ["op_Subtraction"] = "-", ["op_Multiply"] = "*", ["op_Division"] = "/", ["op_Modulus"] = "%", ["op_Equality"] = "==",
        ["op_Inequality"] = "!=", ["op_LessThan"] = "<", ["op_GreaterThan"] = ">", ["op_LessThanOrEqual"] = "<=", ["op_GreaterThanOrEqual"] = ">=",
        ["op_BitwiseAnd"] = "&", ["op_BitwiseOr"] = "|", ["op_ExclusiveOr"] = "^", ["op_UnaryNegation"] = "-", ["op_LogicalNot"] = "!", ["op_OnesComplement"] = "~",
    };

    /// <summary>All in one expression.</summary>
    /// <param name="method">The method.</param>
    /// <param name="recipe">The call.</param>
    /// <param name="isFunction">Whether the function that it gives is called too.</param>
    public static string Of(MethodBase method, Recipe recipe, bool isFunction = false)
    {
        var offset = method.IsStatic || method is ConstructorInfo ? 0 : 1;
        string[] arguments = [.. method.GetParameters().Select((parameter, i) => parameter.IsOut ? $"out var {parameter.Name}" : recipe.Parts[i + offset].Shape.Code(recipe.Parts[i + offset]))];
        var call = Of(method, offset == 1 ? recipe.Parts[0].Shape.Code(recipe.Parts[0]) : "", arguments);
        return isFunction ? $"{call}({string.Join(", ", recipe.Parts[(offset + arguments.Length)..].Select(part => part.Shape.Code(part)))})" : call;
    }

    /// <summary>With the receiver and the arguments as given.</summary>
    public static string Of(MethodBase method, string receiver, string[] arguments)
    {
        if (method is ConstructorInfo)
        {
            return $"new {CSharpType.Of(method.DeclaringType!)}({string.Join(", ", arguments)})";
        }

        var target = method.IsStatic ? CSharpType.Of(method.DeclaringType!) : receiver;
        if (method.IsSpecialName && method.Name.StartsWith("get_", StringComparison.Ordinal))
        {
            return arguments.Length == 0 ? $"{target}.{method.Name[4..]}" : $"{target}[{string.Join(", ", arguments)}]";
        }

        if (method.IsSpecialName && method.Name.StartsWith("set_", StringComparison.Ordinal))
        {
            return arguments.Length == 1 ? $"{target}.{method.Name[4..]} = {arguments[0]}" : $"{target}[{string.Join(", ", arguments[..^1])}] = {arguments[^1]}";
        }

        if (s_operators.TryGetValue(method.Name, out var sign))
        {
            return arguments.Length == 1 ? $"{sign}({arguments[0]})" : $"{arguments[0]} {sign} {arguments[1]}";
        }

        if (method.Name is "op_Implicit" or "op_Explicit")
        {
            return $"({CSharpType.Of(((MethodInfo)method).ReturnType)})({arguments[0]})";
        }

        var types = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(CSharpType.Of))}>" : "";
        return $"{target}.{(CSharpType.IsKeyword(method.Name) ? "@" : "")}{method.Name}{types}({string.Join(", ", arguments)})";
    }

    /// <summary>For people: without what only a compiler needs.</summary>
    public static string Plain(string code) => Qualified().Replace(code, match =>
    {
        var name = match.Groups["name"].Value;
        for (var dot = name.LastIndexOf('.'); dot > 0; dot = name.LastIndexOf('.', dot - 1))
        {
            if (Namespaces.Contains(name[..dot]))
            {
                return name[(dot + 1)..];
            }
        }

        return name;
    });

    /// <summary>The namespaces whose names people need not read.</summary>
    public static HashSet<string> Namespaces { get; } = new(StringComparer.Ordinal);

    /// <summary>The namespaces of an assembly.</summary>
    public static IEnumerable<string> NamespacesOf(Assembly assembly)
    {
        try
        {
            return assembly.GetTypes().Select(type => type.Namespace).OfType<string>().Distinct(StringComparer.Ordinal);
        }
        catch (ReflectionTypeLoadException some)
        {
            return some.Types.OfType<Type>().Select(type => type.Namespace).OfType<string>();
        }
    }

    [GeneratedRegex(@"global::(?<name>[A-Za-z_]\w*(\.[A-Za-z_]\w*)*)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Qualified();
}
