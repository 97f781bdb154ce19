using System.Text;
using Airworthy.Telemetry.Protos;
using Airworthy.Telemetry.Protos.Rpc;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace Airworthy.Telemetry.Otlp;

/// <summary>Writes answers, in protobuf or in its JSON form.</summary>
internal static class OtlpWriter
{
    private static readonly JsonFormatter s_json = new(
        JsonFormatter.Settings.Default.WithTypeRegistry(TypeRegistry.FromMessages(RetryInfo.Descriptor)));

    /// <summary>An export response; <paramref name="rejected"/> and <paramref name="message"/> become its partial success when they say anything.</summary>
    public static byte[] Response(OtlpSignal signal, OtlpEncoding encoding, long rejected, string message)
    {
        var plain = rejected == 0 && message.Length == 0;
        return Encode(encoding, signal switch
        {
            OtlpSignal.Traces => new ExportTraceServiceResponse
            {
                PartialSuccess = plain ? null : new ExportTracePartialSuccess { RejectedSpans = rejected, ErrorMessage = message },
            },
            OtlpSignal.Logs => new ExportLogsServiceResponse
            {
                PartialSuccess = plain ? null : new ExportLogsPartialSuccess { RejectedLogRecords = rejected, ErrorMessage = message },
            },
            _ => new ExportMetricsServiceResponse
            {
                PartialSuccess = plain ? null : new ExportMetricsPartialSuccess { RejectedDataPoints = rejected, ErrorMessage = message },
            },
        });
    }

    /// <summary>A <c>google.rpc.Status</c>, with <c>RetryInfo</c> when trying again makes sense.</summary>
    public static byte[] Status(OtlpEncoding encoding, OtlpCode code, string message, TimeSpan? retryAfter)
    {
        var status = new Protos.Rpc.Status { Code = (int)code, Message = message };
        if (retryAfter is { } delay)
        {
            status.Details.Add(Any.Pack(new RetryInfo { RetryDelay = Duration.FromTimeSpan(delay) }));
        }

        return Encode(encoding, status);
    }

    private static byte[] Encode(OtlpEncoding encoding, IMessage message) =>
        encoding == OtlpEncoding.Json ? Encoding.UTF8.GetBytes(s_json.Format(message)) : message.ToByteArray();
}
