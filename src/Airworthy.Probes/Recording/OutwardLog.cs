using System.Text.Json;

namespace Airworthy.Probes.Recording;

/// <summary>
/// The calls over HTTP that are made while something is recorded, by it and by what it calls. It flows with the call, over threads and awaits.
/// </summary>
internal sealed class OutwardLog
{
    /// <summary>Calls that are kept of one recording.</summary>
    private const int MostCalls = 32;

    private static readonly AsyncLocal<OutwardLog?> s_current = new();

    private readonly OutwardLog? _outer;
    private readonly List<OutwardCall> _calls = [];
    private bool _hasMore;

    private OutwardLog(OutwardLog? outer) => _outer = outer;

    public static OutwardLog? Current => s_current.Value;

    /// <summary>A log that may be entered.</summary>
    public static OutwardLog New()
    {
        OutwardListener.Start();
        return new OutwardLog(s_current.Value);
    }

    /// <summary>From now on, on this flow of control, calls are kept here.</summary>
    public void Enter() => s_current.Value = this;

    /// <summary>Calls are kept where they were before.</summary>
    public void Leave()
    {
        if (ReferenceEquals(s_current.Value, this))
        {
            s_current.Value = _outer;
        }
    }

    public void Add(OutwardCall call)
    {
        for (var log = this; log is not null; log = log._outer)
        {
            lock (log._calls)
            {
                if (log._calls.Count < MostCalls)
                {
                    log._calls.Add(call);
                }
                else
                {
                    log._hasMore = true;
                }
            }
        }
    }

    public OutwardCall? Find(Guid id) => Array.Find(Calls(), call => call.Id == id);

    /// <summary>What is special about all of them.</summary>
    public ulong Shape() => HttpParts.Together(Calls().Select(call => call.Shape()));

    /// <summary>Writes the value of <c>outward</c>; nothing when none was made.</summary>
    public void Write(Utf8JsonWriter json, Redactor redactor)
    {
        var calls = Calls();
        if (calls.Length == 0)
        {
            return;
        }

        json.WriteStartArray("outward");
        foreach (var call in calls)
        {
            call.Write(json, redactor);
        }

        json.WriteEndArray();
        if (_hasMore)
        {
            json.WriteBoolean("moreOutward", true);
        }
    }

    private OutwardCall[] Calls()
    {
        lock (_calls)
        {
            return [.. _calls];
        }
    }
}
