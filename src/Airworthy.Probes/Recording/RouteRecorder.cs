using System.Buffers;
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Airworthy.Probes.Recording;

/// <summary>
/// Records the requests that are unlike all before: another route, status, culture or exception, another shape of query, body or answer, other calls
/// outward or other ends of them; or that ran a statement which never had run.
/// </summary>
[UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "As for calls; of requests no field is read by reflection.")]
internal sealed class RouteRecorder(RecordingQueue queue, Func<Redactor> redactor, string service, TimeProvider time)
{
    /// <summary>Different requests of one route that are recorded.</summary>
    private const int MostOfRoute = 32;

    /// <summary>Routes told apart; a service without templates has one for each path.</summary>
    private const int MostRoutes = 1000;

    /// <summary>Requests a second that are looked at.</summary>
    private const int MostTries = 100;

    private static readonly string s_assembly = Assembly.GetEntryAssembly()?.GetName().Name ?? "";
    private static readonly string s_revision = Revision();

    private readonly RateLimit _tries = new(MostTries, time);
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<ulong, byte>> _known = new(StringComparer.Ordinal);

    /// <summary>Whether another request may be looked at just now.</summary>
    public bool TryBegin() => _tries.TryTake();

    /// <summary>Keeps a request that is unlike all before.</summary>
    public void Keep(HttpExchange exchange, OutwardLog outward)
    {
        try
        {
            var route = $"{exchange.Method} {exchange.Route ?? exchange.Target.Split('?')[0]}";
            if (!_known.TryGetValue(route, out var known))
            {
                known = _known.Count < MostRoutes ? _known.GetOrAdd(route, static _ => new()) : null;
            }

            var shape = Shape(exchange, outward);
            if (known is { Count: < MostOfRoute } && (known.TryAdd(shape, 0) || IsFirstWay(exchange, known, ref shape)))
            {
                var id = new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', service, s_revision, s_assembly, route, shape.ToString("x", null)))).AsSpan(0, 16));
                queue.Add(id, Document(id, route, exchange, outward));
            }
        }
#pragma warning disable CA1031 // A defect here must never reach the app: the request is answered unrecorded.
        catch (Exception)
#pragma warning restore CA1031
        {
            queue.CountFault();
        }
    }

    /// <summary>A request like others that went where none had gone. How many statements had run by then tells it from the others.</summary>
    private static bool IsFirstWay(HttpExchange exchange, ConcurrentDictionary<ulong, byte> known, ref ulong shape)
    {
        var (before, after) = exchange.StatementsRun;
        shape = ValueShape.Mix(shape, (ulong)after);
        return after > before && known.TryAdd(shape, 0);
    }

    private static ulong Shape(HttpExchange exchange, OutwardLog outward)
    {
        var (_, query) = exchange.Target.Split('?', 2) is [var path, var rest] ? (path, rest) : (exchange.Target, "");
        var shape = ValueShape.OfContent($"{exchange.Status} {exchange.Culture} {exchange.Thrown?.FullName}");
        foreach (var pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            shape = ValueShape.Mix(shape, ValueShape.OfContent(pair.Split('=')[0]));
            shape = ValueShape.Mix(shape, ValueShape.Of([pair.Split('=', 2).ElementAtOrDefault(1)]));
        }

        shape = ValueShape.Mix(shape, HttpParts.Shape(exchange.RequestHeaders.GetValueOrDefault("Content-Type"), exchange.RequestBody));
        shape = ValueShape.Mix(shape, HttpParts.Shape(exchange.ResponseHeaders.GetValueOrDefault("Content-Type"), exchange.ResponseBody));
        return ValueShape.Mix(shape, outward.Shape());
    }

    private byte[] Document(Guid id, string route, HttpExchange exchange, OutwardLog outward)
    {
        var (buffer, secrets) = (new ArrayBufferWriter<byte>(), redactor());
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("version", CallDocument.Version);
            json.WriteString("kind", "http");
            json.WriteString("id", id);
            json.WriteString("time", exchange.Time);
            json.WriteString("service", service);
            json.WriteString("revision", s_revision);
            json.WriteString("assembly", s_assembly);
            json.WriteString("route", route);
            json.WriteString("culture", exchange.Culture);
            if (exchange.Trace is { } trace)
            {
                json.WriteString("trace", trace);
            }

            json.WriteStartObject("request");
            json.WriteString("method", exchange.Method);
            json.WriteString("target", HttpParts.Redacted(exchange.Target, secrets));
            WriteMessage(json, exchange.RequestHeaders, exchange.RequestBody, secrets);
            json.WriteEndObject();
            json.WriteStartObject("response");
            json.WriteNumber("status", exchange.Status);
            WriteMessage(json, exchange.ResponseHeaders, exchange.ResponseBody, secrets);
            json.WriteEndObject();
            if (exchange.Thrown is { } thrown)
            {
                json.WriteStartObject("exception");
                json.WriteString("type", thrown.FullName);
                json.WriteEndObject();
            }

            outward.Write(json, secrets);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteMessage(Utf8JsonWriter json, IReadOnlyDictionary<string, string> headers, BoundedCopy body, Redactor secrets)
    {
        HttpParts.WriteHeaders(json, headers, secrets);
        HttpParts.WriteBody(json, headers.GetValueOrDefault("Content-Type"), headers.GetValueOrDefault("Content-Encoding"), body, secrets);
    }

    /// <summary>The SDK puts the commit behind the version: <c>1.0.0+5eed…</c>.</summary>
    private static string Revision()
    {
        var version = Assembly.GetEntryAssembly()?.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
        return version?.IndexOf('+', StringComparison.Ordinal) is >= 0 and var at ? version[(at + 1)..] : "";
    }
}
