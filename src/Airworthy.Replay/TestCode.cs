using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;

namespace Airworthy.Replay;

/// <summary>The xUnit test that makes a recorded call and holds it to what it came to.</summary>
internal static class TestCode
{
    /// <summary>The class that stands for the time, in the file of tests.</summary>
    public const string Clock = "RecordedTime";

    /// <summary>The class that sets the culture, in the file of tests.</summary>
    public const string Culture = "RecordedCulture";

    /// <summary>The class that takes items, in the file of tests.</summary>
    public const string Items = "RecordedItems";

    private static readonly Dictionary<string, string> s_operators = new(StringComparer.Ordinal)
    {
        ["op_Addition"] = "+", ["op_Subtraction"] = "-", ["op_Multiply"] = "*", ["op_Division"] = "/", ["op_Modulus"] = "%", ["op_Equality"] = "==",
        ["op_Inequality"] = "!=", ["op_LessThan"] = "<", ["op_GreaterThan"] = ">", ["op_LessThanOrEqual"] = "<=", ["op_GreaterThanOrEqual"] = ">=",
        ["op_BitwiseAnd"] = "&", ["op_BitwiseOr"] = "|", ["op_ExclusiveOr"] = "^", ["op_UnaryNegation"] = "-", ["op_LogicalNot"] = "!", ["op_OnesComplement"] = "~",
    };

    /// <summary>The test's lines.</summary>
    /// <exception cref="NotReplayableException">It can't be written; the message says why.</exception>
    public static string Of(JsonElement recording)
    {
        if (recording.TryGetProperty("part", out var part))
        {
            var name = part.GetProperty("name").GetString();
            throw new NotReplayableException($"{(name == "lambda" ? "a lambda" : "a local function")} can only be called by its member; a recording of the member makes a test of both");
        }

        var call = MethodReplay.Of(recording);
        if (!call.Method.IsPublic)
        {
            throw new NotReplayableException($"the {(call.Method.IsConstructor ? "constructor" : "method")} is not public");
        }

        var returned = Returned(call.Method);
        var isAsync = returned.IsAsync;
        var code = new StringBuilder();
        var exception = recording.TryGetProperty("exception", out var thrown) ? thrown.GetProperty("type").GetString() : null;
        code.Append(CultureInfo.InvariantCulture, $"    // {Comment(recording)}\n    [Fact]\n    public {(isAsync ? "async global::System.Threading.Tasks.Task" : "void")} {Name(recording, call.Method, exception)}()\n    {{\n");
        var parameters = call.Method.GetParameters();
        for (var i = 0; i < parameters.Length; i++)
        {
            if (!parameters[i].IsOut)
            {
                code.Append(CultureInfo.InvariantCulture, $"        {CSharpType.Of(Plain(parameters[i].ParameterType))} {Escaped(parameters[i].Name!)} = {ValueCode.Of(call.Arguments[i])};\n");
            }
        }

        var hasReceiver = !call.Method.IsStatic && !call.Method.IsConstructor;
        var target = !hasReceiver ? CSharpType.Of(call.Method.DeclaringType!) : "receiver";
        if (hasReceiver)
        {
            code.Append(CultureInfo.InvariantCulture, $"        var receiver = {ValueCode.Of(call.Receiver)};\n");
        }

        code.Append(CultureInfo.InvariantCulture, $"        using var culture = new {Culture}({ValueCode.Literal(recording.GetProperty("culture").GetString()!)});\n");
        var invocation = Invocation(call.Method, target, parameters);
        code.Append(Assertion(recording, exception, returned, call.Method is MethodInfo enumerated && Enumerated.Is(enumerated) ? $"{Items}.Of({invocation})" : invocation, call.Method.IsConstructor));
        return code.Append("    }\n").ToString();
    }

    private static string Assertion(JsonElement recording, string? exception, (Type? Type, bool IsAsync) returned, string invocation, bool isConstructor)
    {
        const string at = "        ";
        var (type, isAsync) = returned;
        if (exception is not null)
        {
            var name = LoadedTypes.Find(exception) is not { IsVisible: true } found ? throw new NotReplayableException($"the exception {exception} is not public, or not there any more") : CSharpType.Of(found);
            return isAsync ? $"{at}await Assert.ThrowsAsync<{name}>(async () => await {invocation});\n"
                : type is null ? $"{at}Assert.Throws<{name}>(() => {invocation});\n" : $"{at}Assert.Throws<{name}>(() => {{ _ = {invocation}; }});\n";
        }

        if (isConstructor)
        {
            return MadeObject.Assertion(recording, type!, invocation);
        }

        var awaited = isAsync ? $"await {invocation}" : invocation;
        if (type is null)
        {
            return $"{at}{awaited};\n";
        }

        try
        {
            var expected = new ValueReader(recording.GetProperty("time").GetDateTimeOffset()).Read(recording.GetProperty("result"), type, "result");
            var isInOrder = expected is System.Collections.IList items && invocation.StartsWith(Items, StringComparison.Ordinal)
                && items.Cast<object?>().All(item => item is null || IsComparable(item.GetType()));
            var assert = expected is null || isInOrder ? "Equal" : AssertOf(expected);
            return expected is null ? $"{at}Assert.Null({awaited});\n" : $"{at}Assert.{assert}({ValueCode.Of(expected)}, {awaited});\n";
        }
        catch (NotReplayableException reason)
        {
            return $"{at}// Only that it returns is held: {OneLine(reason.Message)}\n{at}_ = {awaited};\n";
        }
    }

    /// <summary>The assertion that compares a value as it wants to be compared.</summary>
    public static string AssertOf(object expected) => IsComparable(expected.GetType()) ? "Equal" : "Equivalent";

    /// <summary>True when a type says itself what equal means.</summary>
    private static bool IsComparable(Type type) =>
        type.IsValueType || type.IsArray || type.GetMethod(nameof(Equals), [typeof(object)])!.DeclaringType != typeof(object);

    private static string Invocation(MethodBase method, string target, ParameterInfo[] parameters)
    {
        var types = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(CSharpType.Of))}>" : "";
        var arguments = string.Join(", ", parameters.Select(parameter =>
            parameter.IsOut ? "out _" : (parameter.ParameterType.IsByRef && !parameter.IsIn ? "ref " : "") + Escaped(parameter.Name!)));
        if (method.IsConstructor)
        {
            return $"new {target}({arguments})";
        }

        if (method.IsSpecialName && method.Name.StartsWith("get_", StringComparison.Ordinal) && parameters.Length == 0)
        {
            return $"{target}.{method.Name[4..]}";
        }

        if (s_operators.TryGetValue(method.Name, out var sign))
        {
            return parameters.Length == 1 ? $"{sign}{Escaped(parameters[0].Name!)}" : $"{Escaped(parameters[0].Name!)} {sign} {Escaped(parameters[1].Name!)}";
        }

        if (method.Name is "op_Implicit" or "op_Explicit")
        {
            return $"({CSharpType.Of(((MethodInfo)method).ReturnType)}){Escaped(parameters[0].Name!)}";
        }

        return method.IsSpecialName ? throw new NotReplayableException("it is an accessor, which C# does not call by name") : $"{target}.{Escaped(method.Name)}{types}({arguments})";
    }

    private static (Type? Type, bool IsAsync) Returned(MethodBase made)
    {
        if (made is not MethodInfo method)
        {
            return (made.DeclaringType, false);
        }

        if (Enumerated.Is(method))
        {
            var (item, isAsync) = Enumerated.ItemsOf(method);
            return (item is null ? throw new NotReplayableException("it gives an enumerator, whose items a test does not take") : typeof(List<>).MakeGenericType(item), isAsync);
        }

        var type = method.ReturnType;
        if (type == typeof(void))
        {
            return (null, false);
        }

        if (type == typeof(Task) || type == typeof(ValueTask))
        {
            return (null, true);
        }

        return type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(Task<>) || type.GetGenericTypeDefinition() == typeof(ValueTask<>))
            ? (type.GetGenericArguments()[0], true) : (type, false);
    }

    private static string Comment(JsonElement recording)
    {
        var expected = recording.TryGetProperty("expectedOf", out var of) ? $"; held to what {of.GetString()} makes of it" : "";
        return OneLine($"Recorded {recording.GetProperty("time").GetString()} from {recording.GetProperty("service").GetString()} at {recording.GetProperty("revision").GetString()}{expected}");
    }

    private static string Name(JsonElement recording, MethodBase method, string? exception)
    {
        var culture = recording.GetProperty("culture").GetString() is { Length: > 0 } name ? $"_in_{name}" : "";
        var end = exception is null ? "returns" : $"throws_{exception.Split('.', '+')[^1]}";
        var text = $"{(method.IsConstructor ? "New_" + method.DeclaringType!.Name.Split('`')[0] : method.Name)}{culture}_{end}_{recording.GetProperty("id").GetGuid().ToString("N")[..8]}";
        return string.Concat(text.Select(character => char.IsAsciiLetterOrDigit(character) ? character : '_'));
    }

    private static Type Plain(Type type) => type.IsByRef ? type.GetElementType()! : type;

    /// <summary>A name that C# has a meaning for is written as a name; so are the test's own.</summary>
    private static string Escaped(string name) => CSharpType.IsKeyword(name) ? "@" + name : name is "culture" or "receiver" or "made" ? name + "_" : name;

    private static string OneLine(string text) => string.Concat(text.Select(character => char.IsControl(character) || character is '\u2028' or '\u2029' ? ' ' : character));
}
