using System.Globalization;

namespace Airworthy.Probes;

/// <summary>
/// How many methods are told one by one: an exporter keeps each as a series of its own, and has a limit of its own that would drop at random.
/// A method once told stays told; the calls of the others are one series.
/// </summary>
internal sealed class SeriesBudget(int most)
{
    private const int Default = 2000;

    private readonly HashSet<MethodTags> _held = [];

    /// <summary>The budget of the process: <c>Airworthy.Probes.MostFunctions</c> in the runtime configuration. The default is 2,000.</summary>
    public static SeriesBudget Shared { get; } = new(Configured());

    /// <summary>The attributes of all that is not told one by one, as OpenTelemetry marks an overflow.</summary>
    public static KeyValuePair<string, object?>[] Overflow { get; } = [new("otel.metric.overflow", true)];

    /// <summary>True when a method is told one by one.</summary>
    public bool Holds(MethodTags method)
    {
        lock (_held)
        {
            return _held.Contains(method) || (_held.Count < most && _held.Add(method));
        }
    }

    /// <summary>Lets go of methods that were unloaded.</summary>
    public void Release(IEnumerable<MethodTags> methods)
    {
        lock (_held)
        {
            _held.ExceptWith(methods);
        }
    }

    private static int Configured() => AppContext.GetData("Airworthy.Probes.MostFunctions") switch
    {
        int number and > 0 => number,
        string text when int.TryParse(text, CultureInfo.InvariantCulture, out var number) && number > 0 => number,
        _ => Default,
    };
}
