using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;

namespace Airworthy.Git;

/// <summary>Keeps digests of patches in a file of its own, named by the two commits compared and sealed by a check.</summary>
internal sealed class PatchFile(string path) : IAsyncDisposable
{
    /// <summary>Counts up with every change of the form, or of what a digest is made of.</summary>
    private const int Version = 1;

    private const int CheckBytes = 8;
    private const int IdBytes = 16;

    // A digest of a usual patch takes some hundred bytes.
    private const long MostBytes = 256L * 1024 * 1024;

    private readonly CacheDatabase _file = new(
        path,
        Version,
        "DROP TABLE IF EXISTS patches; CREATE TABLE patches (commit_id BLOB NOT NULL, base_id BLOB NOT NULL, digest BLOB NOT NULL, PRIMARY KEY (commit_id, base_id)) WITHOUT ROWID",
        MostBytes);

    /// <summary>What is kept of <paramref name="patches"/>.</summary>
    public Dictionary<PatchDigest.Patch, PatchDigest> Read(IEnumerable<PatchDigest.Patch> patches) => _file.Read(connection =>
    {
        var found = new Dictionary<PatchDigest.Patch, PatchDigest>();
        using var select = connection.CreateCommand();
        select.CommandText = "SELECT digest FROM patches WHERE commit_id = $id AND base_id = $base";
        var (id, old) = (select.Parameters.Add("$id", SqliteType.Blob), select.Parameters.Add("$base", SqliteType.Blob));
        foreach (var patch in patches.Where(IsKept))
        {
            (id.Value, old.Value) = (Convert.FromHexString(patch.Commit.Hex), Convert.FromHexString(patch.Base!.Value.Hex));
            if (select.ExecuteScalar() is byte[] bytes && Decode(bytes) is { } digest)
            {
                found[patch] = digest;
            }
        }

        return found;
    }) ?? [];

    /// <summary>Keeps more, in the background. A patch that changes nothing may be one that could not be read: it is not kept.</summary>
    public void Write(IReadOnlyCollection<(PatchDigest.Patch Patch, PatchDigest Digest)> fresh)
    {
        var kept = fresh.Where(patch => IsKept(patch.Patch) && !patch.Digest.IsEmpty).ToList();
        if (kept.Count == 0)
        {
            return;
        }

        _file.Write(connection =>
        {
            using var insert = connection.CreateCommand();
            insert.CommandText = "INSERT OR REPLACE INTO patches (commit_id, base_id, digest) VALUES ($id, $base, $digest)";
            var (id, old, bytes) = (insert.Parameters.Add("$id", SqliteType.Blob), insert.Parameters.Add("$base", SqliteType.Blob), insert.Parameters.Add("$digest", SqliteType.Blob));
            foreach (var (patch, digest) in kept)
            {
                (id.Value, old.Value) = (Convert.FromHexString(patch.Commit.Hex), Convert.FromHexString(patch.Base!.Value.Hex));
                bytes.Value = Encode(digest);
                insert.ExecuteNonQuery();
            }
        });
    }

    public ValueTask DisposeAsync() => _file.DisposeAsync();

    // Without a base, git compares with whatever parents it sees: others once a shallow clone is deepened.
    private static bool IsKept(PatchDigest.Patch patch) => patch.Base is not null;

    private static byte[] Encode(PatchDigest digest)
    {
        var bytes = new byte[CheckBytes + IdBytes + (sizeof(ulong) * digest.Lines.Count)];
        BinaryPrimitives.WriteUInt128LittleEndian(bytes.AsSpan(CheckBytes), digest.Id);
        var at = CheckBytes + IdBytes;
        foreach (var line in digest.Lines)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(at), line);
            at += sizeof(ulong);
        }

        Check(bytes).CopyTo(bytes);
        return bytes;
    }

    private static PatchDigest? Decode(byte[] bytes)
    {
        if (bytes.Length < CheckBytes + IdBytes || !Check(bytes).SequenceEqual(bytes.AsSpan(0, CheckBytes)))
        {
            return null;
        }

        var lines = new HashSet<ulong>((bytes.Length - CheckBytes - IdBytes) / sizeof(ulong));
        for (var at = CheckBytes + IdBytes; at + sizeof(ulong) <= bytes.Length; at += sizeof(ulong))
        {
            lines.Add(BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(at)));
        }

        return new PatchDigest(BinaryPrimitives.ReadUInt128LittleEndian(bytes.AsSpan(CheckBytes)), lines);
    }

    private static ReadOnlySpan<byte> Check(byte[] bytes) => SHA256.HashData(bytes.AsSpan(CheckBytes)).AsSpan(0, CheckBytes);
}
