using Airworthy.Model;

namespace Airworthy.Git;

/// <summary>How paths and commits are written into what is kept between runs.</summary>
internal static class BinaryNames
{
    public static void Write(this BinaryWriter writer, RepoPath path)
    {
        var bytes = path.ToBytes();
        writer.Write7BitEncodedInt(bytes.Length);
        writer.Write(bytes);
    }

    public static void Write(this BinaryWriter writer, CommitId commit)
    {
        var bytes = Convert.FromHexString(commit.Hex);
        writer.Write((byte)bytes.Length);
        writer.Write(bytes);
    }

    public static RepoPath ReadPath(this BinaryReader reader)
    {
        var bytes = new byte[reader.ReadCount()];
        reader.BaseStream.ReadExactly(bytes);
        return RepoPath.FromBytes(bytes);
    }

    public static CommitId ReadCommit(this BinaryReader reader)
    {
        Span<byte> bytes = stackalloc byte[Math.Min(reader.ReadByte(), (byte)32)];
        reader.BaseStream.ReadExactly(bytes);
        return CommitId.Parse(Convert.ToHexStringLower(bytes));
    }

    /// <summary>How many follow: each takes a byte at least.</summary>
    /// <exception cref="FormatException">More than there are bytes.</exception>
    public static int ReadCount(this BinaryReader reader)
    {
        var count = reader.Read7BitEncodedInt();
        return count >= 0 && count <= reader.BaseStream.Length - reader.BaseStream.Position ? count : throw new FormatException("a count is out of range");
    }
}
