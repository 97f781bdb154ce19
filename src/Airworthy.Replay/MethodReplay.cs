using System.Globalization;
using System.Reflection;
using System.Text.Json;

namespace Airworthy.Replay;

/// <summary>Makes one recorded call again.</summary>
/// <param name="Method">The method of now.</param>
/// <param name="Receiver">The object it is called on, made anew; null for static methods.</param>
/// <param name="Arguments">Its arguments, made anew.</param>
/// <param name="Culture">The culture of the call.</param>
internal sealed record MethodReplay(MethodInfo Method, object? Receiver, object?[] Arguments, CultureInfo Culture)
{
    /// <summary>Makes ready what was recorded.</summary>
    /// <exception cref="NotReplayableException">It can't be called again; the message says why.</exception>
    public static MethodReplay Of(JsonElement recording)
    {
        var method = RecordedTypes.Close(Find(Text(recording, "assembly"), Text(recording, "unit")), recording);
        if (method.ReturnType.IsGenericType && method.ReturnType.GetGenericTypeDefinition() == typeof(IAsyncEnumerator<>))
        {
            throw new NotReplayableException("it gives an enumerator that is awaited, whose items nobody takes here");
        }

        var reader = new ValueReader(recording.GetProperty("time").GetDateTimeOffset());
        var receiver = method.IsStatic ? null
            : recording.TryGetProperty("receiver", out var recorded) ? reader.Read(recorded, method.DeclaringType!, "receiver")
            : throw new NotReplayableException("its receiver was not recorded");
        return new MethodReplay(method, receiver, [.. Values(recording, method, reader)], CultureOf(recording));
    }

    /// <summary>Calls it, and waits for its task's end, or for its items; gives what it returned. What it throws is thrown.</summary>
    public object? Call()
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = Culture;
        var given = Method.Invoke(Receiver, BindingFlags.DoNotWrapExceptions, binder: null, Arguments, culture: null);
        return Enumerated.Is(Method) ? Enumerated.Items(given) : Awaited(given);
    }

    private static CultureInfo CultureOf(JsonElement recording)
    {
        try
        {
            return CultureInfo.GetCultureInfo(Text(recording, "culture"));
        }
        catch (CultureNotFoundException)
        {
            throw new NotReplayableException($"the culture '{Text(recording, "culture")}' is not known here; globalization may be invariant");
        }
    }

    private static MethodInfo Find(string assembly, string unit)
    {
        Dictionary<string, MethodInfo> methods;
        try
        {
            methods = MethodIds.Of(Assembly.Load(new AssemblyName(assembly)));
        }
        catch (Exception failed) when (failed is IOException or BadImageFormatException or ReflectionTypeLoadException)
        {
            throw new NotReplayableException($"the assembly '{assembly}' can't be loaded");
        }

        return methods.GetValueOrDefault(unit) ?? throw new NotReplayableException("there is no such method");
    }

    private static IEnumerable<object?> Values(JsonElement recording, MethodInfo method, ValueReader reader)
    {
        var recorded = recording.GetProperty("arguments").EnumerateArray().ToArray();
        var parameters = method.GetParameters();
        if (recorded.Length != parameters.Length)
        {
            throw new NotReplayableException("it was recorded with other parameters");
        }

        for (var i = 0; i < parameters.Length; i++)
        {
            yield return parameters[i].IsOut ? null : reader.Read(recorded[i].GetProperty("value"), parameters[i].ParameterType, parameters[i].Name ?? "argument");
        }
    }

    private static object? Awaited(object? result)
    {
        var task = result switch
        {
            Task already => already,
            ValueTask value => value.AsTask(),
            not null when result.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(ValueTask<>) => (Task)type.GetMethod("AsTask")!.Invoke(result, null)!,
            _ => null,
        };
        if (task is null)
        {
            return result;
        }

        task.GetAwaiter().GetResult();
        // The task of an async method without a result is one of a type that nobody can name.
        return task.GetType().GetProperty("Result")?.GetValue(task) is { } given && given.GetType().Name != "VoidTaskResult" ? given : null;
    }

    private static string Text(JsonElement recording, string name) => recording.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";
}
