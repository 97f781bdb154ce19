using System.Text;

namespace Airworthy.Probes.Build.Patching;

/// <summary>A heap of names or blobs as it was read, with what is added behind it. Nothing in it moves, so places in it stay what they mean.</summary>
internal sealed class Heap
{
    private readonly ByteWriter _bytes;
    private readonly Dictionary<string, uint> _added = new(StringComparer.Ordinal);
    private readonly ByteWriter _packed = new(8);

    public Heap(ReadOnlySpan<byte> read)
    {
        _bytes = new ByteWriter(read.Length + (read.Length / 2) + 16);
        _bytes.Bytes(read);
        if (read.IsEmpty)
        {
            // The first place of every heap is the empty one.
            _bytes.Byte(0);
        }
    }

    public int Length => _bytes.Length;

    public ReadOnlySpan<byte> Bytes => _bytes.Written;

    /// <summary>The place of a name, which is added unless it was before.</summary>
    public uint AddName(string name)
    {
        if (name.Length == 0)
        {
            return 0;
        }

        if (!_added.TryGetValue(name, out var place))
        {
            _added[name] = place = (uint)Length;
            _bytes.Bytes(Encoding.UTF8.GetBytes(name));
            _bytes.Byte(0);
        }

        return place;
    }

    /// <summary>The place of a blob that is like others: a signature, say. It is added unless it was before.</summary>
    public uint AddShared(ReadOnlySpan<byte> blob)
    {
        var key = Encoding.Latin1.GetString(blob);
        return _added.TryGetValue(key, out var place) ? place : _added[key] = AddBlob(blob);
    }

    /// <summary>The place of a new blob.</summary>
    public uint AddBlob(ReadOnlySpan<byte> blob)
    {
        var place = (uint)Length;
        _packed.Clear();
        _packed.Packed((uint)blob.Length);
        _bytes.Bytes(_packed.Written);
        _bytes.Bytes(blob);
        return place;
    }

    /// <summary>The blob at a place.</summary>
    public ReadOnlySpan<byte> Blob(uint place)
    {
        var reader = new ByteReader(_bytes.Written[(int)place..]);
        return reader.Bytes((int)reader.Packed());
    }
}
