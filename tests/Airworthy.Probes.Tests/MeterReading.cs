using System.Collections.Concurrent;
using System.Globalization;
using System.Diagnostics.Metrics;

namespace Airworthy.Probes.Tests;

/// <summary>Listens to the meter as an exporter does.</summary>
internal sealed class MeterReading : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, double> _last = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, double> _sums = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, IReadOnlyDictionary<string, object?>> _tags = new(StringComparer.Ordinal);

    private readonly ConcurrentDictionary<(string Id, int Copy), double> _copies = new();

    public MeterReading(params string[] instruments)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == "Airworthy.Probes" && (instruments.Length == 0 || instruments.Contains(instrument.Name)))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>Called with each recording.</summary>
    public Action<Instrument>? Recorded { get; set; }

    /// <summary>The calls of a function, by its id and part.</summary>
    public long Calls(string id, string part = "") => (long)Last("airworthy.function.calls", id, part);

    /// <summary>The failures of a function by one type.</summary>
    public long Failures(string id, string type, string part = "") => (long)Sum("airworthy.function.failures", id, part, type);

    public long Cancellations(string id) => (long)Sum("airworthy.function.cancellations", id, "");

    /// <summary>How many calls were timed.</summary>
    public long Timed(string id) => (long)Sum("airworthy.function.duration", id, "");

    /// <summary>The attributes of a function's calls.</summary>
    public IReadOnlyDictionary<string, object?> Tags(string id, string part = "")
    {
        Collect();
        return _tags[Key("airworthy.function.calls", id, part, "")];
    }

    /// <summary>The lines of the statements of a function that ran, or that never did.</summary>
    public IReadOnlyList<int> Statements(string id, bool ran)
    {
        Collect();
        return
        [
            .. _tags
                .Where(series => series.Key.StartsWith(Key("airworthy.statements.ran", id, "", ""), StringComparison.Ordinal))
                .OrderBy(series => (int)series.Value["airworthy.statement.first"]!)
                .SelectMany(series => ((string)series.Value["airworthy.statement.lines"]!).Split(' ')
                    .Where((_, bit) => ((long)_last[series.Key] >> bit & 1) == (ran ? 1 : 0)))
                .Select(line => int.Parse(line, CultureInfo.InvariantCulture)),
        ];
    }

    public double Last(string instrument, string id, string part = "", string more = "")
    {
        Collect();
        return _last.GetValueOrDefault(Key(instrument, id, part, more));
    }

    public double Sum(string instrument, string id, string part = "", string more = "")
    {
        Collect();
        return _sums.GetValueOrDefault(Key(instrument, id, part, more));
    }

    /// <summary>The calls of a function as each copy of the library tells them; a copy that is the only one has number 0.</summary>
    public IReadOnlyList<(int Copy, double Calls)> Copies(string id)
    {
        Collect();
        return [.. _copies.Where(pair => pair.Key.Id == id).Select(pair => (pair.Key.Copy, pair.Value))];
    }

    /// <summary>How many series an instrument has.</summary>
    public int Series(string instrument)
    {
        Collect();
        return _last.Keys.Count(key => key.StartsWith(instrument + "|", StringComparison.Ordinal));
    }

    public void Collect() => _listener.RecordObservableInstruments();

    public void Dispose() => _listener.Dispose();

    private void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var read = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (name, told) in tags)
        {
            read[name] = told;
        }

        var key = Key(
            instrument.Name,
            read.GetValueOrDefault("airworthy.function.id") as string ?? "",
            read.GetValueOrDefault("airworthy.function.part") as string ?? "",
            (read.GetValueOrDefault("error.type") ?? read.GetValueOrDefault("airworthy.statement.first"))?.ToString() ?? "");
        _last[key] = value;
        if (instrument.Name == "airworthy.function.calls")
        {
            var copy = instrument.Meter.Tags?.FirstOrDefault(tag => tag.Key == "airworthy.probes.copy").Value as int? ?? 0;
            _copies[(read.GetValueOrDefault("airworthy.function.id") as string ?? "", copy)] = value;
        }

        _sums.AddOrUpdate(key, instrument is Histogram<double> ? 1 : value, (_, sum) => sum + (instrument is Histogram<double> ? 1 : value));
        _tags[key] = read;
        Recorded?.Invoke(instrument);
    }

    private static string Key(string instrument, string id, string part, string more) => $"{instrument}|{id}|{part}|{more}";
}
