using System.Collections;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Reflection;
using Airworthy.TrialWorker.Running;

namespace Airworthy.TrialWorker.Testing;

/// <summary>What attributes of a framework that is met by name say, and calls by reflection that end when their task does.</summary>
internal static class Reflected
{
    private const BindingFlags All = BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.FlattenHierarchy;

    /// <summary>The attributes of a member whose type has this name, or is derived from one that has.</summary>
    public static IEnumerable<CustomAttributeData> Marks(this MemberInfo member, string name) =>
        member.GetCustomAttributesData().Where(data => Is(data.AttributeType, name));

    public static bool Is(Type type, string name)
    {
        for (var one = type; one is not null; one = one.BaseType)
        {
            if (one.Name == name)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A named argument of an attribute; null when it is not given.</summary>
    public static object? Named(this CustomAttributeData data, string name) =>
        data.NamedArguments.Where(one => one.MemberName == name).Select(one => Value(one.TypedValue)).FirstOrDefault();

    /// <summary>The constructor's arguments; those of a <c>params</c> array one by one.</summary>
    public static object?[] Given(this CustomAttributeData data)
    {
        var values = data.ConstructorArguments.Select(Value).ToArray();
        return data.Constructor.GetParameters() is [.., var last] && last.IsDefined(typeof(ParamArrayAttribute)) && values[^1] is IEnumerable rest and not string
            ? [.. values[..^1], .. rest.Cast<object?>()]
            : IsNullOfMany(data, values) ? [null] : values;
    }

    public static object? Value(CustomAttributeTypedArgument argument) => argument.Value switch
    {
        ReadOnlyCollection<CustomAttributeTypedArgument> items => Array(argument.ArgumentType.GetElementType()!, items),
        { } value when argument.ArgumentType.IsEnum => Enum.ToObject(argument.ArgumentType, value),
        var value => value,
    };

    /// <summary>The rows that a static member gives.</summary>
    public static IEnumerable? Rows(Type type, string name, object?[] arguments)
    {
        for (var one = type; one is not null; one = one.BaseType)
        {
            var given = one.GetProperty(name, All)?.GetMethod is { IsStatic: true } get ? get.Invoke(null, null)
                : one.GetField(name, All) is { IsStatic: true } field ? field.GetValue(null)
                : one.GetMethods(All).FirstOrDefault(method => method.Name == name && method.IsStatic && method.GetParameters().Length == arguments.Length)?.Invoke(null, arguments);
            if (given is IEnumerable rows)
            {
                return rows;
            }
        }

        return null;
    }

    /// <summary>Arguments as a method's parameters take them; null when they don't fit.</summary>
    public static object?[]? Fitted(MethodInfo method, object?[] given)
    {
        var parameters = method.GetParameters();
        if (parameters is [.., var last] && last.IsDefined(typeof(ParamArrayAttribute)) && !(given.Length == parameters.Length && (given[^1] is null || last.ParameterType.IsInstanceOfType(given[^1]))))
        {
            var rest = given.Skip(parameters.Length - 1).ToArray();
            var array = System.Array.CreateInstance(last.ParameterType.GetElementType()!, rest.Length);
            for (var i = 0; i < rest.Length; i++)
            {
                if (!TryConvert(rest[i], last.ParameterType.GetElementType()!, out var item))
                {
                    return null;
                }

                array.SetValue(item, i);
            }

            given = [.. given.Take(parameters.Length - 1), array];
        }

        if (given.Length > parameters.Length || method.ContainsGenericParameters)
        {
            return null;
        }

        var fitted = new object?[parameters.Length];
        for (var i = 0; i < fitted.Length; i++)
        {
            if (i >= given.Length)
            {
                if (!parameters[i].HasDefaultValue)
                {
                    return null;
                }

                fitted[i] = parameters[i].DefaultValue;
            }
            else if (!TryConvert(given[i], parameters[i].ParameterType, out fitted[i]))
            {
                return null;
            }
        }

        return fitted;
    }

    /// <summary>Calls a method and waits for what it gives; what it throws is thrown as it is.</summary>
    public static object? Call(MethodBase method, object? target, params object?[] arguments) => Awaited(method is ConstructorInfo constructor
        ? constructor.Invoke(BindingFlags.DoNotWrapExceptions, null, arguments, null)
        : method.Invoke(target, BindingFlags.DoNotWrapExceptions, null, arguments, null));

    private static object? Awaited(object? result)
    {
        if (!TaskResult.IsTask(result, out var task))
        {
            return result;
        }

        task.GetAwaiter().GetResult();
        return TaskResult.Given(task);
    }

    /// <summary>Ends an object that wants to be told.</summary>
    public static void End(object target)
    {
        switch (target)
        {
            case IAsyncDisposable asynchronous:
                asynchronous.DisposeAsync().AsTask().GetAwaiter().GetResult();
                break;
            case IDisposable disposable:
                disposable.Dispose();
                break;
        }
    }

    /// <summary>One null, given to an attribute that takes any number of values.</summary>
    private static bool IsNullOfMany(CustomAttributeData data, object?[] values) => data.Constructor.GetParameters() is [{ } only] && only.IsDefined(typeof(ParamArrayAttribute)) && values[0] is null;

    private static bool TryConvert(object? value, Type type, out object? converted)
    {
        var wanted = Nullable.GetUnderlyingType(type) ?? type;
        converted = value;
        if (value is null)
        {
            return !type.IsValueType || wanted != type;
        }

        if (wanted.IsInstanceOfType(value))
        {
            return true;
        }

        try
        {
            converted = wanted.IsEnum ? Enum.ToObject(wanted, value)
                : value is string text && wanted == typeof(TimeSpan) ? TimeSpan.Parse(text, CultureInfo.InvariantCulture)
                : value is string other && wanted == typeof(DateTimeOffset) ? DateTimeOffset.Parse(other, CultureInfo.InvariantCulture)
                : value is string id && wanted == typeof(Guid) ? Guid.Parse(id)
                : Convert.ChangeType(value, wanted, CultureInfo.InvariantCulture);
            return true;
        }
        catch (Exception wrong) when (wrong is InvalidCastException or FormatException or OverflowException or ArgumentException)
        {
            return false;
        }
    }

    private static Array Array(Type item, ReadOnlyCollection<CustomAttributeTypedArgument> items)
    {
        var array = System.Array.CreateInstance(item, items.Count);
        for (var i = 0; i < items.Count; i++)
        {
            array.SetValue(Value(items[i]), i);
        }

        return array;
    }
}
