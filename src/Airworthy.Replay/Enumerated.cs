using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using Airworthy.Probes.Recording;

namespace Airworthy.Replay;

/// <summary>What methods with <c>yield</c> come to: their items, as many as a recording keeps and one more, which tells that there are others.</summary>
internal static class Enumerated
{
    private static readonly MethodInfo s_items = typeof(Enumerated).GetMethod(nameof(ItemsAsync), BindingFlags.Static | BindingFlags.NonPublic)!;

    private static int Most => RecordingLimits.Default.Items + 1;

    /// <summary>True for a method with <c>yield</c>.</summary>
    public static bool Is(MethodInfo method) =>
        method.IsDefined(typeof(IteratorStateMachineAttribute)) || method.IsDefined(typeof(AsyncIteratorStateMachineAttribute));

    /// <summary>What the items are; null when the method gives an enumerator.</summary>
    public static (Type? Item, bool IsAsync) ItemsOf(MethodInfo method)
    {
        var type = method.ReturnType;
        var open = type.IsGenericType ? type.GetGenericTypeDefinition() : null;
        return open == typeof(IEnumerable<>) ? (type.GetGenericArguments()[0], false)
            : open == typeof(IAsyncEnumerable<>) ? (type.GetGenericArguments()[0], true)
            : type == typeof(IEnumerable) ? (typeof(object), false) : (null, false);
    }

    /// <summary>The items.</summary>
    public static List<object?> Items(object? enumerated)
    {
        var type = enumerated?.GetType().GetInterfaces().FirstOrDefault(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>));
        if (type is not null)
        {
            return ((Task<List<object?>>)s_items.MakeGenericMethod(type.GetGenericArguments()).Invoke(null, BindingFlags.DoNotWrapExceptions, binder: null, [enumerated], culture: null)!)
                .GetAwaiter().GetResult();
        }

        var items = new List<object?>();
        // What the compiler makes is a sequence and its own enumerator: it enumerates nothing before it is asked for one.
        var each = enumerated is IEnumerable sequence ? sequence.GetEnumerator() : (IEnumerator)enumerated!;
        using (each as IDisposable)
        {
            while (items.Count < Most && each.MoveNext())
            {
                items.Add(each.Current);
            }
        }

        return items;
    }

    private static async Task<List<object?>> ItemsAsync<T>(IAsyncEnumerable<T> enumerated)
    {
        var items = new List<object?>();
        await foreach (var item in enumerated)
        {
            items.Add(item);
            if (items.Count >= Most)
            {
                break;
            }
        }

        return items;
    }
}
