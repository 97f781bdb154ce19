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

    /// <summary>The resource that sent the spans, as bytes; empty when not told.</summary>
    public static ReadOnlySpan<byte> ResourceOf(ReadOnlySpan<byte> resourceSpans)
    {
        ReadOnlySpan<byte> resource = default;
        var reader = new ProtoReader(resourceSpans);
        while (reader.Next(out var tag))
        {
            if (tag == SentBy)
            {
                // Told in parts, they are one: of messages, one after the other is both.
                var told = reader.ReadBytes();
                resource = resource.IsEmpty ? told : (byte[])[.. resource, .. told];
            }
            else
            {
                reader.Skip(tag);
            }
        }

        return resource;
    }
}
