using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Airworthy.Git.Lines;

/// <summary>
/// A folder of git objects of our own (gitrepository-layout, gitformat-loose), lent to git as an alternate and thrown away at the end: the repository itself
/// is never written to.
/// </summary>
internal sealed class ObjectFolder : IDisposable
{
    private ObjectFolder(string path) => Path = path;

    /// <summary>The folder, as <c>GIT_ALTERNATE_OBJECT_DIRECTORIES</c> takes it.</summary>
    public string Path { get; }

    /// <summary>Makes one; null where no such folder can be.</summary>
    public static ObjectFolder? TryCreate()
    {
        try
        {
            var path = Directory.CreateTempSubdirectory("airworthy-objects-").FullName;
            return path.Contains(System.IO.Path.PathSeparator, StringComparison.Ordinal) ? null : new ObjectFolder(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Writes a tree of regular files and gives its name.</summary>
    /// <param name="files">Names in the order of their bytes, without a slash, and blobs, in hexadecimal digits.</param>
    /// <param name="isSha256">True in a repository whose objects are named by SHA-256; in others it is SHA-1.</param>
    /// <exception cref="IOException">The folder can't be written.</exception>
    public string WriteTree(IEnumerable<(string Name, string Blob)> files, bool isSha256)
    {
        using var tree = new MemoryStream();
        foreach (var (name, blob) in files)
        {
            tree.Write(Encoding.ASCII.GetBytes($"100644 {name}\0"));
            tree.Write(Convert.FromHexString(blob));
        }

        byte[] whole = [.. Encoding.ASCII.GetBytes(FormattableString.Invariant($"tree {tree.Length}\0")), .. tree.GetBuffer().AsSpan(0, (int)tree.Length)];
#pragma warning disable CA5350 // git's own name of an object.
        var id = Convert.ToHexStringLower(isSha256 ? SHA256.HashData(whole) : SHA1.HashData(whole));
#pragma warning restore CA5350
        var file = System.IO.Path.Combine(Path, id[..2], id[2..]);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
        using var packed = new ZLibStream(File.Create(file), CompressionLevel.Fastest);
        packed.Write(whole);
        return id;
    }

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It stays among the machine's other temporary files.
        }
    }
}
