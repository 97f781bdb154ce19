namespace Airworthy.Probes.Recording;

/// <summary>The first bytes of what passes by. Several threads may add, never two at once on one body.</summary>
internal sealed class BoundedCopy(int most)
{
    private readonly List<byte> _kept = [];

    /// <summary>Bytes that passed by, kept or not.</summary>
    public long Length { get; private set; }

    /// <summary>Why what is kept is not the whole; null when it is, as far as is known.</summary>
    public string? Missing { get; private set; }

    public ReadOnlyMemory<byte> Kept
    {
        get
        {
            lock (_kept)
            {
                return _kept.ToArray();
            }
        }
    }

    public void Add(ReadOnlySpan<byte> bytes)
    {
        lock (_kept)
        {
            Length += bytes.Length;
            var room = most - _kept.Count;
            if (bytes.Length > room)
            {
                Missing = "size";
            }

            _kept.AddRange(bytes[..Math.Min(bytes.Length, room)]);
        }
    }

    /// <summary>It passed by another way, or not at all.</summary>
    public void Miss(string reason) => Missing ??= reason;
}
