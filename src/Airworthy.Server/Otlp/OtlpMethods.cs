using System.Buffers;
using Airworthy.Telemetry.Otlp;
using Grpc.AspNetCore.Server.Model;
using Grpc.Core;
using Microsoft.AspNetCore.Http.Features;

namespace Airworthy.Server.Otlp;

/// <summary>
/// Binds a service's <c>Export</c> on the message's own bytes: the receiver decodes it, refuses it, or knows it for a repeat, the same as
/// over HTTP.
/// </summary>
internal sealed class OtlpMethods<TService>(OtlpGate gate) : IServiceMethodProvider<TService>
    where TService : class, IOtlpService
{
    private static readonly Marshaller<byte[]> s_bytes = new(
        (message, context) =>
        {
            context.GetBufferWriter().Write(message);
            context.Complete();
        },
        context => context.PayloadAsReadOnlySequence().ToArray());

    public void OnServiceMethodDiscovery(ServiceMethodProviderContext<TService> context) => context.AddUnaryMethod(
        new Method<byte[], byte[]>(MethodType.Unary, TService.Name, "Export", s_bytes, s_bytes),
        [],
        ExportAsync);

    private async Task<byte[]> ExportAsync(TService service, byte[] request, ServerCallContext call)
    {
        var answer = call.GetHttpContext().Features.GetRequiredFeature<OtlpGrpcExchange>().TryTake(request.Length)
            ? await gate.ReceiveAsync(TService.Signal, OtlpEncoding.Protobuf, request, call.CancellationToken)
            : OtlpGate.Busy(OtlpEncoding.Protobuf);
        return answer.IsAccepted ? answer.Body.ToArray() : throw Failure(answer);
    }

    /// <summary>The refusal in gRPC's terms; the status message travels in the trailer that carries a status' details.</summary>
    private static RpcException Failure(OtlpAnswer answer) => new(
        new Status((StatusCode)answer.Code, answer.Message),
        new Metadata { { "grpc-status-details-bin", answer.Body.ToArray() } });
}
