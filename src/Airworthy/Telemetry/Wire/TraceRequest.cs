using Airworthy.Telemetry.Protos;
using Google.Protobuf;

namespace Airworthy.Telemetry.Wire;

/// <summary>The frame of a request of traces: resources, in them scopes, in them spans.</summary>
internal static class TraceRequest
{
    /// <summary>The tag of a resource's spans in a request.</summary>
    public const int ResourceSpans = (1 << 3) | ProtoReader.Bytes;

    /// <summary>The tag of a scope's spans in a resource's.</summary>
    public const int ScopeSpans = (2 << 3) | ProtoReader.Bytes;

    /// <summary>The tag of a span in a scope's.</summary>
    public const int Spans = (2 << 3) | ProtoReader.Bytes;

    private const int SentBy = (1 << 3) | ProtoReader.Bytes;

    /// <summary>How many spans there are; they themselves are passed by.</summary>
    public static int CountSpans(ReadOnlySpan<byte> request) => Count(request, ResourceSpans, static resource => Count(resource, ScopeSpans, static scope => Count(scope, Spans, each: null)));

    /// <summary>Who sent the spans; null when not told.</summary>
    public static Resource? ResourceOf(ReadOnlySpan<byte> resourceSpans)
    {
        Resource? resource = null;
        var reader = new ProtoReader(resourceSpans);
        while (reader.Next(out var tag))
        {
            if (tag == SentBy)
            {
                // Told in parts, they are one.
                (resource ??= new Resource()).MergeFrom(reader.ReadBytes().ToArray());
            }
            else
            {
                reader.Skip(tag);
            }
        }

        return resource;
    }

    private static int Count(ReadOnlySpan<byte> message, int wanted, CountWithin? each)
    {
        var count = 0;
        var reader = new ProtoReader(message);
        while (reader.Next(out var tag))
        {
            if (tag == wanted)
            {
                var within = reader.ReadBytes();
                count += each is null ? 1 : each(within);
            }
            else
            {
                reader.Skip(tag);
            }
        }

        return count;
    }

    private delegate int CountWithin(ReadOnlySpan<byte> message);
}
