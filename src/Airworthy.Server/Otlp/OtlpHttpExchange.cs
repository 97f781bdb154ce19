using System.Buffers;
using System.Globalization;
using System.IO.Compression;
using Airworthy.Telemetry.Otlp;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace Airworthy.Server.Otlp;

/// <summary>One OTLP/HTTP request and its answer, with the status codes of the OTLP specification.</summary>
internal sealed class OtlpHttpExchange(HttpContext context, OtlpGate gate, OtlpSignal signal)
{
    private const string Protobuf = "application/x-protobuf";
    private const string Json = "application/json";

    private OtlpEncoding _encoding;

    public async Task RunAsync()
    {
        var request = context.Request;
        if (MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType.Equals(Json, StringComparison.OrdinalIgnoreCase))
        {
            _encoding = OtlpEncoding.Json;
        }
        else if (type is null || !type.MediaType.Equals(Protobuf, StringComparison.OrdinalIgnoreCase))
        {
            await RefuseAsync(StatusCodes.Status415UnsupportedMediaType, OtlpCode.Unimplemented, $"send OTLP as {Protobuf} or {Json}");
            return;
        }

        if (gate.Refusal(_encoding, request.Headers.Authorization) is { } refusal)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            await AnswerAsync(Status(refusal.Code), refusal);
            return;
        }

        using var place = gate.TryEnter();
        if (place is null)
        {
            await AnswerBusyAsync();
            return;
        }

        // Free before the answer is on its way: who has it may send the next request at once.
        context.Response.OnStarting(() =>
        {
            place.Dispose();
            return Task.CompletedTask;
        });
        if (await ReadBodyAsync(place) is { } body)
        {
            var answer = await gate.ReceiveAsync(signal, _encoding, body, context.RequestAborted);
            await AnswerAsync(Status(answer.Code), answer);
        }
    }

    private static int Status(OtlpCode code) => code switch
    {
        OtlpCode.Ok => StatusCodes.Status200OK,
        OtlpCode.InvalidArgument => StatusCodes.Status400BadRequest,
        OtlpCode.Unavailable => StatusCodes.Status503ServiceUnavailable,
        OtlpCode.Unauthenticated => StatusCodes.Status401Unauthorized,
        OtlpCode.PermissionDenied => StatusCodes.Status403Forbidden,
        _ => StatusCodes.Status500InternalServerError,
    };

    /// <summary>The body, decompressed; null when it was refused.</summary>
    private async Task<ReadOnlyMemory<byte>?> ReadBodyAsync(OtlpGate.Place place)
    {
        var encoding = context.Request.Headers.ContentEncoding.ToString().ToLowerInvariant();
        if (encoding is not ("" or "identity" or "gzip" or "zstd"))
        {
            await RefuseAsync(
                StatusCodes.Status415UnsupportedMediaType, OtlpCode.Unimplemented, "send the body compressed by gzip or zstd, or not at all");
            return null;
        }

        var options = gate.Options;
        var isCompressed = encoding is "gzip" or "zstd";
        var maxSent = isCompressed ? options.MaxCompressedBytes : options.MaxBytes;
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = maxSent;
        }

        // A place among the requests is held meanwhile: who sends a byte a second must not hold it.
        using var late = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        late.CancelAfter(options.MaxReadTime);
        try
        {
            if (context.Request.ContentLength > maxSent)
            {
                return await TooLargeAsync(maxSent);
            }

            await using Stream? plain = !isCompressed ? null
                : encoding == "zstd" ? new ZstdStream(context.Request.Body)
                : new GZipStream(context.Request.Body, CompressionMode.Decompress, leaveOpen: true);
            return await ReadAsync(plain ?? context.Request.Body, options.MaxBytes, place, late.Token);
        }
        catch (InvalidDataException)
        {
            await RefuseAsync(StatusCodes.Status400BadRequest, OtlpCode.InvalidArgument, $"the body is not {encoding}, or it is cut short");
            return null;
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            EndConnection();
            await AnswerAsync(
                StatusCodes.Status408RequestTimeout,
                OtlpAnswer.Refuse(_encoding, OtlpCode.Unavailable, string.Create(CultureInfo.InvariantCulture, $"the request did not come in within {options.MaxReadTime.TotalSeconds:0.#} seconds: send it again"), OtlpOptions.BusyRetry));
            return null;
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return await TooLargeAsync(maxSent);
        }
    }

    /// <summary>All bytes of a stream; null when there are more than <paramref name="max"/>, or no room for them, and that was answered.</summary>
    private async Task<ReadOnlyMemory<byte>?> ReadAsync(Stream stream, int max, OtlpGate.Place place, CancellationToken late)
    {
        var body = new ArrayBufferWriter<byte>(context.Request.ContentLength is { } length and > 0 and < 1 << 20 ? (int)length : 16 * 1024);
        int read;
        while ((read = await stream.ReadAsync(body.GetMemory(16 * 1024), late)) > 0)
        {
            body.Advance(read);
            if (body.WrittenCount > max)
            {
                return await TooLargeAsync(max);
            }

            if (!place.TryHold(read))
            {
                await AnswerBusyAsync();
                return null;
            }
        }

        return body.WrittenMemory;
    }

    private Task AnswerBusyAsync()
    {
        EndConnection();
        return AnswerAsync(StatusCodes.Status429TooManyRequests, OtlpGate.Busy(_encoding));
    }

    /// <summary>The rest of the body is not read, so nothing can follow it on this connection.</summary>
    private void EndConnection() => context.Response.Headers.Connection = "close";

    private async Task<ReadOnlyMemory<byte>?> TooLargeAsync(int max)
    {
        EndConnection();
        await RefuseAsync(
            StatusCodes.Status413PayloadTooLarge,
            OtlpCode.ResourceExhausted,
            string.Create(CultureInfo.InvariantCulture, $"the request is larger than {max} bytes: send smaller batches"));
        return null;
    }

    private Task RefuseAsync(int status, OtlpCode code, string message) => AnswerAsync(status, OtlpAnswer.Refuse(_encoding, code, message));

    private async Task AnswerAsync(int status, OtlpAnswer answer)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = _encoding == OtlpEncoding.Json ? Json : Protobuf;
        response.ContentLength = answer.Body.Length;
        if (answer.RetryAfter is { } delay)
        {
            response.Headers.RetryAfter = Math.Ceiling(delay.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        await response.BodyWriter.WriteAsync(answer.Body, context.RequestAborted);
    }
}
