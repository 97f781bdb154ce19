using System.IO.Compression;
using System.Text;

namespace Airworthy.Server.Tests.Otlp;

/// <summary>Requests as bytes, made as a sender makes them.</summary>
internal static class OtlpSamples
{
    /// <summary>One server span of the service <c>shop</c>, in JSON.</summary>
    public static readonly byte[] TracesJson = """
        {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"shop"}}]},
          "scopeSpans":[{"spans":[{"traceId":"5b8efff798038103d269b633813fc60c","spanId":"eee19b7ec3c1b174","name":"GET /","kind":2,
            "startTimeUnixNano":"1544712660000000000","endTimeUnixNano":"1544712661000000000"}]}]}]}
        """u8.ToArray();

    /// <summary>The same in protobuf, written by hand: field numbers and lengths, as the wire has them.</summary>
    public static readonly byte[] Traces = Field(1, [
        .. Field(1, Field(1, [.. Field(1, "service.name"u8), .. Field(2, Field(1, "shop"u8))])),
        .. Field(2, Field(2, [.. Field(5, "GET /"u8), 6 << 3, 2, (8 << 3) | 1, .. BitConverter.GetBytes(1_544_712_661_000_000_000UL)])),
    ]);

    /// <summary>A log record with an exception and no trace.</summary>
    public static readonly byte[] Logs = Field(1, [
        .. Field(1, Field(1, [.. Field(1, "service.name"u8), .. Field(2, Field(1, "shop"u8))])),
        .. Field(2, Field(2, Field(6, [.. Field(1, "exception.type"u8), .. Field(2, Field(1, "E"u8))]))),
    ]);

    public static byte[] Zstd(byte[] bytes)
    {
        using var compressor = new ZstdSharp.Compressor();
        return compressor.Wrap(bytes).ToArray();
    }

    /// <summary>Compressed as <paramref name="encoding"/> says; as it is when that is null or says nothing.</summary>
    public static byte[] Encoded(byte[] bytes, string? encoding) => encoding switch
    {
        "gzip" => Gzip(bytes),
        "zstd" => Zstd(bytes),
        _ => bytes,
    };

    public static byte[] Gzip(byte[] bytes)
    {
        using var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(bytes);
        }

        return zipped.ToArray();
    }

    public static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);

    /// <summary>A request with one server span of the service <c>shop</c>, with more fields of the span as the wire has them.</summary>
    public static byte[] SpanWith(ReadOnlySpan<byte> name, params byte[] more) => Field(1, [
        .. Field(1, Field(1, [.. Field(1, "service.name"u8), .. Field(2, Field(1, "shop"u8))])),
        .. Field(2, Field(2, [.. Field(5, name), 6 << 3, 2, .. more])),
    ]);

    /// <summary>A field of bytes, texts or messages as the wire has it.</summary>
    public static byte[] Field(int number, ReadOnlySpan<byte> content)
    {
        var field = new List<byte>(content.Length + 6) { (byte)((number << 3) | 2) };
        var length = content.Length;
        for (; length > 127; length >>= 7)
        {
            field.Add((byte)(length | 0x80));
        }

        field.Add((byte)length);
        return [.. field, .. content];
    }
}
