using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Airworthy.Testing;

/// <summary>A trace request with one span that serves a request, unlike any other by its trace, as JSON or as protobuf.</summary>
public static class OneSpan
{
    public static byte[] Of(string service, int number, bool isJson)
    {
        var now = (ulong)TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() * 1_000_000;
        return isJson ? Json(service, number, now) : Protobuf(service, number, now);
    }

    private static byte[] Json(string service, int number, ulong now) => Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $$$"""
        {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"{{{service}}}"}}]},
         "scopeSpans":[{"spans":[{"traceId":"5b8efff798038103d269b633{{{number:x8}}}","spanId":"eee19b7ec3c1b174","name":"GET /","kind":2,
         "startTimeUnixNano":"{{{now}}}","endTimeUnixNano":"{{{now}}}"}]}]}]}
        """));

    private static byte[] Protobuf(string service, int number, ulong now)
    {
        var trace = new byte[16];
        trace[0] = 1;
        BinaryPrimitives.WriteInt32BigEndian(trace.AsSpan(12), number);
        var time = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(time, now);
        byte[] span = [.. Bytes(1, trace), .. Bytes(2, [1, 2, 3, 4, 5, 6, 7, 8]), .. Bytes(5, "GET /"u8), 6 << 3, 2, (7 << 3) | 1, .. time, (8 << 3) | 1, .. time];
        var name = Bytes(1, [.. Bytes(1, "service.name"u8), .. Bytes(2, Bytes(1, Encoding.UTF8.GetBytes(service)))]);
        return Bytes(1, [.. Bytes(1, name), .. Bytes(2, Bytes(2, span))]);
    }

    // Each is shorter than 128 bytes, or its length takes two.
    private static byte[] Bytes(int field, ReadOnlySpan<byte> value) => value.Length < 128
        ? [(byte)((field << 3) | 2), (byte)value.Length, .. value]
        : [(byte)((field << 3) | 2), (byte)((value.Length & 0x7F) | 0x80), (byte)(value.Length >> 7), .. value];
}
