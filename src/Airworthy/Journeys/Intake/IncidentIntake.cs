using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Airworthy.Code;
using Airworthy.Incidents;
using Airworthy.Model;
using Airworthy.Telemetry;

namespace Airworthy.Journeys.Intake;

/// <summary>
/// Takes stored exceptions into incidents, in the order they arrived. Each step is one transaction that also moves the position, so a crash
/// repeats nothing and loses nothing.
/// </summary>
public sealed class IncidentIntake(ITelemetryStore telemetry, IOperationLinks operations, IIncidentStore incidents, ServerNews news)
{
    private const int AtOnce = 256;
    private const int LongestTitle = 200;
    private const int MostVersions = 50;

    private readonly EchoFilter _echoes = new();
    private readonly SetAside<long> _setAside = new();

    /// <summary>Takes in all that was stored since. Gives the number of sightings read.</summary>
    public async Task<int> TakeAsync(CancellationToken cancel)
    {
        var taken = 0;
        var position = await incidents.PositionAsync(cancel);
        while (await telemetry.SightingsAfterAsync(position, AtOnce, cancel) is { Count: > 0 } sightings)
        {
            // What arrived together is looked at together: the fuller sighting may come after its echo.
            var traces = new List<StackTrace>(sightings.Count);
            foreach (var stored in sightings)
            {
                traces.Add(Read(stored));
            }

            for (var i = 0; i < traces.Count; i++)
            {
                await TakeAsync(sightings[i], traces[i], cancel);
                position = sightings[i].Sequence;
            }

            taken += sightings.Count;
        }

        return taken;
    }

    /// <summary>
    /// Says that taking a sighting in met a defect of Airworthy. Gives its sequence when it was the last try: it is passed over then, and what
    /// was stored of it stays.
    /// </summary>
    public long? Fail() => _setAside.Fail();

    private StackTrace Read(StoredSighting stored)
    {
        if (_setAside.Holds(stored.Sequence))
        {
            return new StackTrace("unknown", stored.Sighting.Type, stored.Sighting.Message, []);
        }

        _setAside.Take(stored.Sequence);
        var trace = TraceOf(stored.Sighting);
        _setAside.Done();
        if (stored.Sighting.TraceId is { } traceId)
        {
            _echoes.Remember(traceId, trace);
        }

        return trace;
    }

    private async Task TakeAsync(StoredSighting stored, StackTrace trace, CancellationToken cancel)
    {
        var seen = stored.Sighting;
        _setAside.Take(stored.Sequence);
        if (_setAside.Holds(stored.Sequence)
            || (string.IsNullOrWhiteSpace(seen.StackTrace) && string.IsNullOrWhiteSpace(seen.Type))
            || (seen.TraceId is { } traceId && _echoes.IsEcho(traceId, trace)))
        {
            await incidents.SkipAsync(stored.Sequence, cancel);
            _setAside.Done();
            return;
        }

        if (seen.Operation is { } operation)
        {
            await operations.AddAsync(seen.Service, operation, FramesOf(trace), cancel);
        }

        var fingerprint = StackFingerprint.Of(trace);
        var known = await incidents.FindAsync(seen.Service, seen.Environment, fingerprint, cancel);
        var incident = known is null ? Open(seen, trace, fingerprint) : Append(known, seen);
        await incidents.RecordEpisodeAsync(stored.Sequence, incident, EpisodeOf(seen), cancel);
        _setAside.Done();
        news.Tell(new ServerEvent("incident", incident.Id.Value));
    }

    /// <summary>The trace as it reads; what no reader knows still has its type and message.</summary>
    internal static StackTrace TraceOf(ExceptionSighting seen)
    {
        var read = seen.StackTrace is { Length: > 0 } text ? StackTraces.Read(text) : null;
        return read is null
            ? new StackTrace("unknown", seen.Type, seen.Message, [])
            : read with { Type = read.Type ?? seen.Type, Message = read.Message ?? seen.Message };
    }

    /// <summary>The frames of a trace and of what caused it.</summary>
    private static List<StackFrame> FramesOf(StackTrace trace)
    {
        var frames = new List<StackFrame>();
        for (var one = trace; one is not null; one = one.Inner)
        {
            frames.AddRange(one.Frames);
        }

        return frames;
    }

    private static Incident Open(ExceptionSighting seen, StackTrace trace, string fingerprint) => new(
        IdOf(seen.Service, seen.Environment, fingerprint),
        fingerprint,
        TitleOf(trace),
        seen.Service,
        seen.Environment,
        "otlp",
        seen.At,
        seen.At,
        Episodes: 1,
        [seen.Version],
        seen.StackTrace ?? $"{seen.Type}: {seen.Message}",
        IncidentStatus.Open,
        Repository: null,
        Attribution: null);

    private static Incident Append(Incident known, ExceptionSighting seen) => known.SeenAt(seen.At) with { Versions = With(known.Versions, seen.Version) };

    /// <summary>The versions with one more, up to a bound.</summary>
    internal static ImmutableArray<ReportedVersion> With(ImmutableArray<ReportedVersion> versions, ReportedVersion version) =>
        versions.Contains(version) || versions.Length >= MostVersions ? versions : versions.Add(version);

    /// <summary>One trace is one episode however often it failed; outside a trace, each different exception of an instance is its own.</summary>
    private static string EpisodeOf(ExceptionSighting seen) => seen.TraceId is { } trace
        ? $"trace {trace}"
        : $"alone {Digest(seen.Instance, seen.At.UtcTicks.ToString(System.Globalization.CultureInfo.InvariantCulture), seen.Type, seen.Message, seen.StackTrace)}";

    internal static string TitleOf(StackTrace trace)
    {
        var cause = trace.Inner is null ? "" : $" ← {trace.Root.Type ?? "an inner exception"}";
        var title = $"{trace.Type ?? "Exception"}: {trace.Message}".ReplaceLineEndings(" ").Trim().TrimEnd(':') + cause;
        return title.Length <= LongestTitle ? title : title[..LongestTitle] + "…";
    }

    /// <summary>The same incident gets the same id on every node and after every crash.</summary>
    internal static IncidentId IdOf(string service, string environment, string fingerprint) =>
        new("i" + Digest(service, environment, fingerprint)[..12]);

    private static string Digest(params ReadOnlySpan<string?> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in parts)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(part ?? ""));
            hash.AppendData([0]);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
