using Airworthy.Model;

namespace Airworthy.Journeys.Intake;

/// <summary>
/// Knows an exception that was seen before it had come to its end: HttpClient's own span records it with a stack that stops where the caller's
/// frames begin, the request's span records it whole. In one trace, a stack that another one begins with, or has as its cause, is its echo.
/// </summary>
internal sealed class EchoFilter
{
    private const int RememberedTraces = 4096;
    private const int RememberedPerTrace = 8;

    private readonly Dictionary<string, List<StackTrace>> _seen = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    /// <summary>Remembers what was seen in a trace; what is seen of it later is compared with that too.</summary>
    public void Remember(string traceId, StackTrace trace)
    {
        if (!_seen.TryGetValue(traceId, out var traces))
        {
            if (_order.Count == RememberedTraces)
            {
                _seen.Remove(_order.Dequeue());
            }

            _seen.Add(traceId, traces = []);
            _order.Enqueue(traceId);
        }

        if (traces.Count < RememberedPerTrace)
        {
            traces.Add(trace);
        }
    }

    /// <summary>True when something fuller of the same exception was seen in the same trace.</summary>
    public bool IsEcho(string traceId, StackTrace trace) =>
        _seen.TryGetValue(traceId, out var traces) && traces.Exists(fuller => IsEcho(trace, fuller));

    /// <summary>True when <paramref name="trace"/> is <paramref name="fuller"/>, or one of its causes, on an earlier part of its way.</summary>
    public static bool IsEcho(StackTrace trace, StackTrace fuller)
    {
        for (var at = fuller; at is not null; at = at.Inner)
        {
            if (trace.Type == at.Type && trace.Message == at.Message
                && (trace.Frames.Length < at.Frames.Length || !ReferenceEquals(at, fuller))
                && trace.Frames.Length <= at.Frames.Length
                && trace.Frames.Select(f => f.Symbol).SequenceEqual(at.Frames.Take(trace.Frames.Length).Select(f => f.Symbol), StringComparer.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
