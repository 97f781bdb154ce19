using System.Globalization;
using System.Reflection;
using System.Text;
using Airworthy.Replay;
using Airworthy.Trials.Running;
using Airworthy.TrialWorker.Making;
using Airworthy.TrialWorker.Observing;

namespace Airworthy.TrialWorker.Running;

/// <summary>Writes the test of a finding: the call, and the first thing the base gives that the head does not.</summary>
internal static class TestWriter
{
    /// <summary>The test, or why there can be none.</summary>
    public static (TestCase? Test, string? Reason) Of(UnderTrial unit, Recipe recipe, Outcome was)
    {
        var method = unit.Head.Method;
        if (!unit.Unit.IsPublic)
        {
            return (null, "outside code can't call it");
        }

        if (unit.Unit.BaseId is not null && unit.Unit.BaseId != unit.Unit.HeadId)
        {
            return (null, "it has another name at the base");
        }

        try
        {
            return (Write(unit, method, recipe, was), null);
        }
        catch (Exception reason) when (reason is NotWritableException or NotReplayableException)
        {
            return (null, reason.Message);
        }
    }

    private static TestCase? Write(UnderTrial unit, MethodBase method, Recipe recipe, Outcome was)
    {
        var offset = method.IsStatic || method is ConstructorInfo ? 0 : 1;
        var arrange = new List<string>();
        var receiver = "";
        if (offset == 1)
        {
            arrange.Add($"var receiver = {recipe.Parts[0].Shape.Code(recipe.Parts[0])};");
            receiver = "receiver";
        }

        var names = new List<string>();
        foreach (var (parameter, i) in method.GetParameters().Select((parameter, i) => (parameter, i)))
        {
            var name = "argument" + (i + 1).ToString(CultureInfo.InvariantCulture);
            if (parameter.IsOut)
            {
                names.Add($"out var {name}");
                continue;
            }

            var part = recipe.Parts[i + offset];
            arrange.Add($"{CSharpType.Of(Invoker.Carrier(parameter.ParameterType))} {name} = {part.Shape.Code(part)};");
            names.Add(parameter.ParameterType.IsByRef && !parameter.IsIn ? $"ref {name}" : name);
        }

        var given = new List<string>();
        foreach (var part in recipe.Parts[((CallShape)recipe.Shape).Given..])
        {
            given.Add($"given{(given.Count + 1).ToString(CultureInfo.InvariantCulture)}");
            arrange.Add($"{CSharpType.Of(part.Shape.Type)} {given[^1]} = {part.Shape.Code(part)};");
        }

        var returns = unit.Head.Function?.ReturnType ?? (method is MethodInfo info ? info.ReturnType : method.DeclaringType!);
        var isAsync = returns == typeof(Task) || returns == typeof(ValueTask) || (returns.IsGenericType && returns.GetGenericTypeDefinition() is var open && (open == typeof(Task<>) || open == typeof(ValueTask<>)));
        var isLazy = typeof(System.Collections.IEnumerable).IsAssignableFrom(returns) && returns.IsInterface;
        var act = CallCode.Of(method, receiver, [.. names]) + (unit.Head.Function is null ? "" : $"({string.Join(", ", given)})");
        if (isLazy)
        {
            act = $"global::System.Linq.Enumerable.ToList({(returns.IsGenericType ? act : $"global::System.Linq.Enumerable.Cast<object>({act})")})";
        }

        var test = new TestCase(Name(unit), [.. arrange], act, isAsync, null, null, null, CallShape.Cultures[recipe.Choice].Name) { HasResult = returns != typeof(void) && returns != typeof(Task) && returns != typeof(ValueTask) };
        if (was.End == CallEnd.Threw)
        {
            var type = unit.Base?.Thrown?.GetType() ?? unit.Head.Thrown!.GetType();
            return test with { Throws = type.IsVisible ? CSharpType.Of(type) : throw new NotWritableException($"the exception {type.Name} is not public") };
        }

        var (actual, expected) = FirstDifference(unit, recipe);
        if (actual is not null)
        {
            for (var i = 0; i < method.GetParameters().Length; i++)
            {
                actual = Renamed(actual, method.GetParameters()[i].Name!, "argument" + (i + 1).ToString(CultureInfo.InvariantCulture));
            }
        }

        return test with { Actual = actual, Expected = expected };
    }

    /// <summary>The C# that reaches the first plain value that differs, and what the base has there; nulls when only that it ends can be held.</summary>
    private static (string? Actual, string? Expected) FirstDifference(UnderTrial unit, Recipe recipe)
    {
        if (unit.Base is null)
        {
            return (null, null);
        }

        var was = Values(unit.Base, recipe);
        var now = Values(unit.Head, recipe);
        foreach (var (path, value) in was)
        {
            if (path.Length > 0 && IsLiteral(value) && now.TryGetValue(path, out var other) && !Same(value, other))
            {
                return (path, Literal(value));
            }
        }

        return (null, null);
    }

    private static bool Same(object? left, object? right) => left is Enum && right is Enum ? left.ToString() == right.ToString() : Equals(left, right);

    private static bool IsLiteral(object? value) => value is null or string or bool or char or Enum or int or long or double or float or decimal or byte or short or uint or ulong or ushort or sbyte or DateTime or DateTimeOffset or TimeSpan or DateOnly or TimeOnly or Guid;

    private static string Literal(object? value) => ValueCode.Of(value);

    private static Dictionary<string, object?> Values(SideCall call, Recipe recipe)
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        call.Seen = (path, value) => values.TryAdd(path, value);
        call.Run(recipe);
        call.Seen = null;
        return values;
    }

    /// <summary>A parameter's name at the beginning of a path, as the test calls it.</summary>
    private static string Renamed(string path, string from, string to)
    {
        var text = new StringBuilder(path);
        var at = path.LastIndexOf('(') is var open && open >= 0 && path[(open + 1)..].StartsWith(from, StringComparison.Ordinal) ? open + 1 : path.StartsWith(from, StringComparison.Ordinal) ? 0 : -1;
        return at < 0 || (at + from.Length < path.Length && (char.IsLetterOrDigit(path[at + from.Length]) || path[at + from.Length] == '_')) ? path : text.Remove(at, from.Length).Insert(at, to).ToString();
    }

    private static string Name(UnderTrial unit)
    {
        var name = unit.Unit.Name.Split('(')[0].Replace("..", ".", StringComparison.Ordinal);
        return string.Concat(name.Select(character => char.IsAsciiLetterOrDigit(character) ? character : '_'));
    }
}
