using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Text;
using Airworthy.TrialWorker.Making;
using Airworthy.TrialWorker.Observing;

namespace Airworthy.TrialWorker.Properties;

/// <summary>What properties ask of values: what can be seen of one, and what another member of its type makes of it.</summary>
internal static class Seen
{
    private static readonly ConcurrentDictionary<MethodBase, Func<object?[], object?>> s_calls = new();

    /// <summary>What can be seen of a value, as text.</summary>
    public static string Of(object? value)
    {
        var text = new StringBuilder();
        new Observer(text).Write(value);
        return text.ToString();
    }

    /// <summary>Calls a member in the invariant culture; gives what it threw, if it did.</summary>
    public static (object? Value, Exception? Thrown) Call(MethodBase method, params object?[] arguments)
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;
        try
        {
            return (s_calls.GetOrAdd(method, Invoker.Of)(arguments), null);
        }
#pragma warning disable CA1031 // What the code under trial throws is its answer.
        catch (Exception thrown)
#pragma warning restore CA1031
        {
            return (null, thrown);
        }
    }

    /// <summary>What came of a call, for people.</summary>
    public static string Of((object? Value, Exception? Thrown) outcome) => outcome.Thrown is { } thrown ? $"throws {thrown.GetType().FullName}" : Of(outcome.Value);
}
