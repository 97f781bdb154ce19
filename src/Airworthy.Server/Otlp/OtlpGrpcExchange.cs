using System.Globalization;
using Airworthy.Telemetry.Otlp;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Airworthy.Server.Otlp;

/// <summary>
/// One OTLP/gRPC request before its message is read and decompressed: a sender that may not send, finds no room or is too slow costs no more than its headers.
/// </summary>
internal sealed class OtlpGrpcExchange
{
    private readonly OtlpGate.Place _place;
    private readonly CancellationTokenSource _late;

    private OtlpGrpcExchange(OtlpGate.Place place, CancellationTokenSource late) => (_place, _late) = (place, late);

    public static async Task RunAsync(HttpContext context, RequestDelegate next)
    {
        var gate = context.RequestServices.GetRequiredService<OtlpGate>();
        if (gate.Refusal(OtlpEncoding.Protobuf, context.Request.Headers.Authorization) is { } refusal)
        {
            Refuse(context.Response, refusal);
            return;
        }

        using var place = gate.TryEnter();
        if (place is null)
        {
            Refuse(context.Response, OtlpGate.Busy(OtlpEncoding.Protobuf));
            return;
        }

        using var late = new CancellationTokenSource(gate.Options.MaxReadTime);
        await using var slow = late.Token.Register(context.Abort);
        context.Features.Set(new OtlpGrpcExchange(place, late));
        await next(context);
    }

    /// <summary>Says that the message is here, so many bytes of it; false when there is no room for them.</summary>
    public bool TryTake(int bytes)
    {
        _late.CancelAfter(Timeout.InfiniteTimeSpan);
        return _place.TryHold(bytes);
    }

    /// <summary>An answer of trailers only: gRPC's status is in the headers, and no message follows.</summary>
    private static void Refuse(HttpResponse response, OtlpAnswer answer)
    {
        response.ContentType = "application/grpc";
        response.Headers["grpc-status"] = ((int)answer.Code).ToString(CultureInfo.InvariantCulture);
        response.Headers["grpc-message"] = Uri.EscapeDataString(answer.Message);
        response.Headers["grpc-status-details-bin"] = Convert.ToBase64String(answer.Body.Span);
    }
}
