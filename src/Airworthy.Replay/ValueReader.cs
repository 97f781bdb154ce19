using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Airworthy.Probes.Recording;

namespace Airworthy.Replay;

/// <summary>
/// Makes a recorded value again: objects without running a constructor, field by field, as they were. What a recording could not hold is stood in for
/// where that is sound (the time, a logger, a token), and else told.
/// </summary>
/// <param name="at">When it was recorded: the time that code asking a <see cref="TimeProvider"/> gets.</param>
internal sealed class ValueReader(DateTimeOffset at)
{
    private static readonly MethodInfo s_list = typeof(ValueReader).GetMethod(nameof(ListOf), BindingFlags.Static | BindingFlags.NonPublic)!;
    private static readonly MethodInfo s_map = typeof(ValueReader).GetMethod(nameof(MapOf), BindingFlags.Static | BindingFlags.NonPublic)!;

    /// <summary>
    /// Of what a lambda captures, the fields that its code names, by their tokens: the others it may share with its neighbours, and are left as nothing. Null for all.
    /// </summary>
    public HashSet<int>? Used { get; init; }

    /// <summary>What a lambda captures, where none of it was recorded.</summary>
    /// <exception cref="NotReplayableException">It captures something.</exception>
    public object ReadNothing(Type closure, string path)
    {
        using var nothing = JsonDocument.Parse("{}");
        return ReadObject(nothing.RootElement, closure, path);
    }

    /// <summary>The value as one of <paramref name="type"/>.</summary>
    /// <exception cref="NotReplayableException">It was not recorded whole, or the type is another now.</exception>
    public object? Read(JsonElement value, Type type, string path)
    {
        if (type.IsByRef)
        {
            return Read(value, type.GetElementType()!, path);
        }

        if (StandIn(type) is { } standIn)
        {
            return standIn;
        }

        if (value.ValueKind == JsonValueKind.Null)
        {
            return type.IsValueType && Nullable.GetUnderlyingType(type) is null ? throw Different(path, type) : null;
        }

        if (IsUnused(value))
        {
            // Nothing asks for it: any will do. A receiver must be one.
            return type.IsValueType || path == "receiver" ? RuntimeHelpers.GetUninitializedObject(type) : null;
        }

        if (value.ValueKind == JsonValueKind.Object)
        {
            return ReadObject(value, Nullable.GetUnderlyingType(type) ?? type, path);
        }

        try
        {
            return value.ValueKind == JsonValueKind.Array
                ? ReadItems(value, type, path)
                : ReadScalar(value, Nullable.GetUnderlyingType(type) ?? type) ?? throw Different(path, type);
        }
        catch (Exception wrong) when (wrong is FormatException or OverflowException or InvalidOperationException or ArgumentException)
        {
            throw Different(path, type);
        }
    }

    private static bool IsUnused(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty("$unrecorded", out var reason) && reason.GetString() == "not used";

    private static NotReplayableException Different(string path, Type type) => new($"{path} was not recorded as what it is now, {type}");

    /// <summary>What a recording does not hold, and a call can do without.</summary>
    private object? StandIn(Type type)
    {
        if (type.IsAssignableFrom(typeof(FrozenTime)) && type != typeof(object))
        {
            return new FrozenTime(at);
        }

        if (type == typeof(CancellationToken))
        {
            return CancellationToken.None;
        }

        // Its calls are answered from the recording, wherever they go.
        if (type == typeof(HttpClient))
        {
            return RecordedClients.NewClient();
        }

        if (type.FullName == "System.Net.Http.IHttpClientFactory")
        {
            return DispatchProxy.Create(type, typeof(RecordedClients));
        }

        // Nobody holds a lock when a call is replayed.
        if (type.FullName is "System.Threading.Lock" or "System.Threading.ReaderWriterLockSlim")
        {
            return Activator.CreateInstance(type);
        }

        // By name: an application that logs has the package, another has not.
        const string space = "Microsoft.Extensions.Logging";
        if (type.Namespace != space || !type.IsInterface || type.Name is not ("ILogger" or "ILogger`1"))
        {
            return null;
        }

        var name = type.IsGenericType ? "NullLogger`1" : "NullLogger";
        var quiet = type.Assembly.GetType($"{space}.Abstractions.{name}", throwOnError: false);
        quiet = type.IsGenericType ? quiet?.MakeGenericType(type.GetGenericArguments()) : quiet;
        return quiet?.GetField("Instance")?.GetValue(null) ?? quiet?.GetProperty("Instance")?.GetValue(null);
    }

    private static object? ReadScalar(JsonElement value, Type type)
    {
        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        var invariant = CultureInfo.InvariantCulture;
        return value.ValueKind switch
        {
            JsonValueKind.String when type == typeof(string) || type == typeof(object) => text,
            JsonValueKind.String when type.IsEnum => Enum.Parse(type, text),
            JsonValueKind.String when type == typeof(char) && text.Length == 1 => text[0],
            JsonValueKind.String when type == typeof(Guid) => Guid.Parse(text),
            JsonValueKind.String when type == typeof(DateTime) => value.GetDateTime(),
            JsonValueKind.String when type == typeof(DateTimeOffset) => value.GetDateTimeOffset(),
            JsonValueKind.String when type == typeof(DateOnly) => DateOnly.ParseExact(text, "O", invariant),
            JsonValueKind.String when type == typeof(TimeOnly) => TimeOnly.ParseExact(text, "O", invariant),
            JsonValueKind.String when type == typeof(TimeSpan) => TimeSpan.ParseExact(text, "c", invariant),
            JsonValueKind.String when type == typeof(Uri) => new Uri(text, UriKind.RelativeOrAbsolute),
            JsonValueKind.String when type == typeof(Version) => Version.Parse(text),
            JsonValueKind.String when type == typeof(double) => double.Parse(text, invariant),
            JsonValueKind.String when type == typeof(float) => float.Parse(text, invariant),
            JsonValueKind.True or JsonValueKind.False when type == typeof(bool) => value.GetBoolean(),
            JsonValueKind.Number when type == typeof(double) => value.GetDouble(),
            JsonValueKind.Number when type == typeof(float) => value.GetSingle(),
            JsonValueKind.Number when type == typeof(decimal) => decimal.Parse(text, NumberStyles.Float, invariant),
            JsonValueKind.Number when type.IsPrimitive => Convert.ChangeType(decimal.Parse(text, NumberStyles.Float, invariant), type, invariant),
            _ => null,
        };
    }

    private object ReadObject(JsonElement value, Type type, string path)
    {
        if (value.TryGetProperty("$unrecorded", out var reason))
        {
            throw new NotReplayableException($"{path} was not recorded: {reason.GetString()}");
        }

        if (value.TryGetProperty("$text", out _))
        {
            throw new NotReplayableException($"{path} was not recorded: text beyond its first 2,048 characters");
        }

        if (value.TryGetProperty("$pairs", out var pairs))
        {
            return ReadPairs(pairs, value.TryGetProperty("$count", out _), type, path);
        }

        var made = RecordedType.IsNameless(type) ? type : value.TryGetProperty("$type", out var name) ? Resolve(name.GetString()!, type, path) : throw Different(path, type);
        if (made.IsAbstract || made.IsAssignableTo(typeof(Delegate)) || made.ContainsGenericParameters)
        {
            throw Different(path, type);
        }

        var target = RuntimeHelpers.GetUninitializedObject(made);
        foreach (var field in RecordedType.Of(made).Fields.Where(IsUsed))
        {
            if (value.TryGetProperty(field.Name, out var recorded))
            {
                field.Info.SetValue(target, Read(recorded, field.Info.FieldType, $"{path}.{field.Name}"));
            }
            else if (RecordedType.IsNameless(made))
            {
                throw new NotReplayableException(RecordedType.IsClosure(made) ? $"it captures {field.Name} now, which it did not when it was recorded" : $"{path} was recorded without {field.Name}");
            }
        }

        return target;
    }

    private bool IsUsed(RecordedType.Field field) => Used is null || !RecordedType.IsClosure(field.Info.DeclaringType!) || Used.Contains(field.Info.MetadataToken);

    private static Type Resolve(string name, Type type, string path)
    {
        var found = type.FullName == name ? type
            : type.Assembly.GetType(name, throwOnError: false)
              ?? LoadedTypes.Find(name)
              // A generic type names the versions of its arguments' assemblies; what is asked for stands for it then.
              ?? (type is { IsGenericType: true, IsAbstract: false } ? type : null);
        return found is not null && type.IsAssignableFrom(found) ? found : throw new NotReplayableException($"{path} was a {name}, which is not there any more");
    }

    private object ReadItems(JsonElement items, Type type, string path)
    {
        if (items.EnumerateArray().Any(item => item.ValueKind == JsonValueKind.Object && item.TryGetProperty("$unrecorded", out var reason) && reason.GetString() == "items"))
        {
            throw new NotReplayableException($"{path} was not recorded: items beyond its first {RecordingLimits.Default.Items}");
        }

        var item = type.IsArray ? type.GetElementType()! : Implemented(type, typeof(IEnumerable<>))?.GetGenericArguments()[0] ?? throw Different(path, type);
        var read = items.EnumerateArray().Select((one, at) => Read(one, item, $"{path}[{at.ToString(CultureInfo.InvariantCulture)}]"));
        var list = (IList)s_list.MakeGenericMethod(item).Invoke(null, BindingFlags.DoNotWrapExceptions, binder: null, [read], culture: null)!;
        return type.IsArray ? ToArray(list, item) : Made(type, list, path);
    }

    private static Array ToArray(IList list, Type item)
    {
        var array = Array.CreateInstance(item, list.Count);
        list.CopyTo(array, 0);
        return array;
    }

    private object ReadPairs(JsonElement pairs, bool isCut, Type type, string path)
    {
        if (isCut)
        {
            throw new NotReplayableException($"{path} was not recorded: pairs beyond its first {RecordingLimits.Default.Items}");
        }

        var arguments = (Implemented(type, typeof(IDictionary<,>)) ?? Implemented(type, typeof(IReadOnlyDictionary<,>)))?.GetGenericArguments() ?? throw Different(path, type);
        var read = pairs.EnumerateArray().Select(pair => (Read(pair[0], arguments[0], path + ".key"), Read(pair[1], arguments[1], $"{path}[{pair[0].GetRawText()}]")));
        return Made(type, s_map.MakeGenericMethod(arguments).Invoke(null, BindingFlags.DoNotWrapExceptions, binder: null, [read], culture: null)!, path);
    }

    /// <summary>The collection itself where it will do, or one of the type that is made of it.</summary>
    private static object Made(Type type, object collection, string path)
    {
        if (type.IsInstanceOfType(collection))
        {
            return collection;
        }

        if (Array.Find(type.GetConstructors(), one => one.GetParameters() is [{ ParameterType: { IsInterface: true } taken }] && taken.IsInstanceOfType(collection)) is { } constructor)
        {
            // A stack is enumerated from its top, and made from its bottom.
            var isStack = type.Name.StartsWith("Stack`", StringComparison.Ordinal);
            return constructor.Invoke([isStack ? Reversed((IList)collection) : collection]);
        }

        var factory = type.Assembly.GetType($"{type.Namespace}.{type.Name.Split('`')[0]}", throwOnError: false);
        var create = factory?.GetMethods().FirstOrDefault(one => one is { Name: "CreateRange", IsGenericMethodDefinition: true } && one.GetParameters().Length == 1);
        return create?.MakeGenericMethod(type.GetGenericArguments()).Invoke(null, [collection]) is { } made && type.IsInstanceOfType(made) ? made : throw Different(path, type);
    }

    private static object Reversed(IList list)
    {
        list.GetType().GetMethod("Reverse", Type.EmptyTypes)!.Invoke(list, null);
        return list;
    }

    private static Type? Implemented(Type type, Type open) =>
        type.GetInterfaces().Prepend(type).FirstOrDefault(one => one.IsGenericType && one.GetGenericTypeDefinition() == open);

    private static List<T> ListOf<T>(IEnumerable<object?> items) => [.. items.Select(item => (T)item!)];

    private static Dictionary<TKey, TValue> MapOf<TKey, TValue>(IEnumerable<(object? Key, object? Value)> pairs)
        where TKey : notnull => pairs.ToDictionary(pair => (TKey)pair.Key!, pair => (TValue)pair.Value!);
}
