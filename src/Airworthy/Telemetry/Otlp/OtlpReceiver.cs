using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using Airworthy.Model;
using Airworthy.Telemetry.Protos;
using Airworthy.Telemetry.Reduction;
using Airworthy.Telemetry.Workflows;
using Google.Protobuf;

namespace Airworthy.Telemetry.Otlp;

/// <summary>
/// Takes one OTLP request from its bytes to the answer: decodes, reduces, stores, and only then says so. Every transport ends here, so gRPC
/// and HTTP cannot differ.
/// </summary>
public sealed class OtlpReceiver(ITelemetryStore store, TimeProvider time)
{
    /// <summary>How long a sender is asked to wait when the store does not answer.</summary>
    public static readonly TimeSpan StoreRetry = TimeSpan.FromSeconds(5);

    private static readonly Meter s_meter = new("Airworthy.Telemetry");
    private static readonly Counter<long> s_items = s_meter.CreateCounter<long>("airworthy.otlp.items", "{item}", "Spans, log records and metrics read.");
    private static readonly Counter<long> s_clamped = s_meter.CreateCounter<long>(
        "airworthy.otlp.times_replaced", "{time}", "Event times out of range, replaced by the time of arrival.");

    private readonly TraceChoice _choice = new(time);

    /// <summary>Receives one request.</summary>
    /// <param name="signal">What it carries, as the path or the service says.</param>
    /// <param name="encoding">How it is written, and how the answer will be.</param>
    /// <param name="body">The request, decompressed, its size already bounded.</param>
    /// <param name="cancel">Gives up the answer; what was already handed to the store may still be stored.</param>
    public async Task<OtlpAnswer> ReceiveAsync(OtlpSignal signal, OtlpEncoding encoding, ReadOnlyMemory<byte> body, CancellationToken cancel)
    {
        Reduced reduced;
        try
        {
            reduced = Reduce(signal, encoding, body);
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or OtlpFormatException)
        {
            var detail = e is OtlpFormatException ? e.Message : "the body is not a protobuf message, or it is cut short";
            return OtlpAnswer.Refuse(encoding, OtlpCode.InvalidArgument, $"malformed OTLP {Name(signal)} request: {detail}");
        }

        s_items.Add(reduced.Items, new KeyValuePair<string, object?>("signal", Name(signal)));
        s_clamped.Add(reduced.TimesReplaced);
        if (!reduced.IsEmpty)
        {
            try
            {
                await store.AppendAsync(reduced.ToBatch(Digest(signal, body.Span)), cancel);
            }
            catch (FaultException e) when (e.Fault == Fault.Unavailable)
            {
                return OtlpAnswer.Refuse(encoding, OtlpCode.Unavailable, $"not stored, send it again: {e.Message}", StoreRetry);
            }
        }

        var answer = new OtlpAnswer(OtlpCode.Ok, OtlpWriter.Response(signal, encoding, reduced.Rejected, reduced.Warning), reduced.Warning, RetryAfter: null);

        // Only here, where the store has answered: what was given up may still be written.
        reduced.Return();
        return answer;
    }

    private Reduced Reduce(OtlpSignal signal, OtlpEncoding encoding, ReadOnlyMemory<byte> body)
    {
        var reducer = new Reducer(time.GetUtcNow(), _choice);
        var json = encoding == OtlpEncoding.Json;
        return signal switch
        {
            OtlpSignal.Traces => json ? reducer.Reduce(OtlpJsonReader.Traces(body)) : reducer.ReduceTraces(body.Span),
            OtlpSignal.Logs => reducer.Reduce(
                json ? OtlpJsonReader.Logs(body) : ExportLogsServiceRequest.Parser.ParseFrom(body.Span)),
            _ => reducer.Reduce(
                json ? OtlpJsonReader.Metrics(body) : ExportMetricsServiceRequest.Parser.ParseFrom(body.Span)),
        };
    }

    private static string Digest(OtlpSignal signal, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData([(byte)signal]);
        hash.AppendData(body);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static string Name(OtlpSignal signal) => signal switch
    {
        OtlpSignal.Traces => "traces",
        OtlpSignal.Logs => "logs",
        _ => "metrics",
    };
}
