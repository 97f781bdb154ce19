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
}
