using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Airworthy.Probes.Recording;

namespace Airworthy.Replay;

/// <summary>Makes one recorded call again.</summary>
/// <param name="Method">The method or constructor of now.</param>
/// <param name="Receiver">The object it is called on, made anew; null for static methods and constructors.</param>
/// <param name="Arguments">Its arguments, made anew.</param>
/// <param name="Culture">The culture of the call.</param>
internal sealed record MethodReplay(MethodBase Method, object? Receiver, object?[] Arguments, CultureInfo Culture)
{
    /// <summary>Makes ready what was recorded.</summary>
    /// <exception cref="NotReplayableException">It can't be called again; the message says why.</exception>
    public static MethodReplay Of(JsonElement recording) => Of(recording, Loaded(Text(recording, "assembly")));

    /// <summary>The same in an assembly that is loaded.</summary>
    /// <exception cref="NotReplayableException">It can't be called again; the message says why.</exception>
    public static MethodReplay Of(JsonElement recording, Assembly assembly)
    {
        var method = Find(assembly, recording);
        if (method is MethodInfo { ReturnType: { IsGenericType: true } given } && given.GetGenericTypeDefinition() == typeof(IAsyncEnumerator<>))
        {
            throw new NotReplayableException("it gives an enumerator that is awaited, whose items nobody takes here");
        }

        if (method is MethodInfo { ReturnType.IsByRefLike: true })
        {
            throw new NotReplayableException("it returns what lives on the stack alone");
        }

        if (method.IsConstructor && method.DeclaringType!.IsAbstract)
        {
            throw new NotReplayableException("its class is abstract now");
        }

        var reader = new ValueReader(recording.GetProperty("time").GetDateTimeOffset()) { Used = MemberParts.IsPart(method) ? CodeTokens.Fields(method, MemberParts.IsPart) : null };
        return new MethodReplay(method, ReceiverOf(method, recording, reader), [.. Values(recording, method, reader)], CultureOf(recording));
    }

    /// <summary>Calls it, and waits for its task's end, or for its items; gives what it returned. What it throws is thrown.</summary>
    public object? Call()
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = Culture;
        if (Method is not MethodInfo method)
        {
            return ((ConstructorInfo)Method).Invoke(BindingFlags.DoNotWrapExceptions, binder: null, Arguments, culture: null);
        }

        var given = method.Invoke(Receiver, BindingFlags.DoNotWrapExceptions, binder: null, Arguments, culture: null);
        return Enumerated.Is(method) ? Enumerated.Items(given) : Awaited(given);
    }

    private static object? ReceiverOf(MethodBase method, JsonElement recording, ValueReader reader)
    {
        if (method.IsStatic || method.IsConstructor)
        {
            return null;
        }

        var type = method.DeclaringType!;
        return recording.TryGetProperty("receiver", out var recorded) ? reader.Read(recorded, type, RecordedType.IsClosure(type) ? MemberParts.Captured : "receiver")
            : RecordedType.IsClosure(type) ? reader.ReadNothing(type, MemberParts.Captured)
            : throw new NotReplayableException("its receiver was not recorded");
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

    private static Assembly Loaded(string name)
    {
        try
        {
            return Assembly.Load(new AssemblyName(name));
        }
        catch (Exception failed) when (failed is IOException or BadImageFormatException)
        {
            throw new NotReplayableException($"the assembly '{name}' can't be loaded");
        }
    }

    private static MethodBase Find(Assembly assembly, JsonElement recording)
    {
        Dictionary<string, MethodBase> methods;
        try
        {
            methods = MethodIds.Of(assembly);
        }
        catch (ReflectionTypeLoadException)
        {
            throw new NotReplayableException($"the assembly '{assembly.GetName().Name}' can't be loaded");
        }

        var unit = Text(recording, "unit");
        // Top-level statements are one unit, whether or not they read their arguments. They are not run; their local functions are.
        var member = methods.GetValueOrDefault(unit)
            ?? (unit == "M:Program.<Main>$" ? methods.GetValueOrDefault(unit + "(System.String[])") : null)
            ?? throw new NotReplayableException("there is no such method");
        return RecordedTypes.Close(recording.TryGetProperty("part", out _) ? MemberParts.Find(member, recording) : member, recording);
    }

    private static IEnumerable<object?> Values(JsonElement recording, MethodBase method, ValueReader reader)
    {
        var recorded = recording.GetProperty("arguments").EnumerateArray().ToArray();
        var parameters = method.GetParameters();
        if (recorded.Length != parameters.Length)
        {
            throw new NotReplayableException("it was recorded with other parameters");
        }

        for (var i = 0; i < parameters.Length; i++)
        {
            yield return parameters[i].IsOut ? null : reader.Read(recorded[i].GetProperty("value"), parameters[i].ParameterType, MemberParts.NameOf(parameters[i]));
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
