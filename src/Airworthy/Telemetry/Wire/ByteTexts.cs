using System.Runtime.InteropServices;
using System.Text;

namespace Airworthy.Telemetry.Wire;

/// <summary>Texts by their bytes: senders repeat themselves, so each is decoded once and known by a number from then on.</summary>
internal sealed class ByteTexts
{
    /// <summary>Compares bytes by what they are; looked up without a copy.</summary>
    public static readonly IEqualityComparer<byte[]> Comparer = new BytesComparer();

    private readonly Dictionary<byte[], int> _numbers = new(Comparer);
    private readonly Dictionary<byte[], int>.AlternateLookup<ReadOnlySpan<byte>> _lookup;
    private readonly List<string> _texts = [];

    public ByteTexts() => _lookup = _numbers.GetAlternateLookup<ReadOnlySpan<byte>>();

    /// <summary>Bytes of all texts.</summary>
    public long Bytes { get; private set; }

    /// <summary>How many there are.</summary>
    public int Count => _texts.Count;

    public string this[int number] => _texts[number];

    /// <summary>The number of a text, from 0 on.</summary>
    public int NumberOf(ReadOnlySpan<byte> bytes)
    {
        if (_lookup.TryGetValue(bytes, out var number))
        {
            return number;
        }

        number = _texts.Count;
        // PostgreSQL's text holds no NUL.
        _texts.Add(Encoding.UTF8.GetString(bytes).Replace('\0', '\uFFFD'));
        _numbers.Add(bytes.ToArray(), number);
        Bytes += bytes.Length;
        return number;
    }

    private sealed class BytesComparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(byte[] obj) => GetHashCode(obj.AsSpan());

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        /// <summary>Seeded by the process: a sender can't make texts that all fall into one place.</summary>
        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            // A string's own hash, of the bytes two by two; the last stands for itself when their number is odd.
            var pairs = string.GetHashCode(MemoryMarshal.Cast<byte, char>(alternate), StringComparison.Ordinal);
            return (alternate.Length & 1) == 0 ? pairs : HashCode.Combine(pairs, alternate[^1]);
        }

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
    }
}
