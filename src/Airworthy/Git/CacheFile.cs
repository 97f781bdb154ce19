using System.Security.Cryptography;

namespace Airworthy.Git;

/// <summary>
/// A file for what can always be found again, read and written whole, under a check that tells what a disk or a hand changed. Any number of
/// processes may share it: a write puts a new file in the old one's place. One that can't be read or written is done without.
/// </summary>
internal sealed class CacheFile(string path)
{
    private const int CheckBytes = 8;
    private const long MostBytes = 256L * 1024 * 1024;

    /// <summary>True when something is kept, of whatever worth.</summary>
    public bool Exists => File.Exists(path);

    /// <summary>What was written last; null when nothing was, or it is damaged.</summary>
    public ReadOnlyMemory<byte>? Read()
    {
        try
        {
            if (!File.Exists(path) || new FileInfo(path).Length is < CheckBytes or > MostBytes)
            {
                return null;
            }

            var bytes = File.ReadAllBytes(path);
            return Check(bytes.AsSpan(CheckBytes)).SequenceEqual(bytes.AsSpan(0, CheckBytes)) ? bytes.AsMemory(CheckBytes) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Keeps <paramref name="content"/> in place of what was there.</summary>
    public void Write(ReadOnlySpan<byte> content)
    {
        var part = $"{path}.{Guid.NewGuid():N}.part";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using (var file = new FileStream(part, FileMode.CreateNew))
            {
                file.Write(Check(content));
                file.Write(content);
            }

            File.Move(part, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Discard(part);
        }
    }

    private static void Discard(string part)
    {
        try
        {
            File.Delete(part);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The folder can't be written: there is none.
        }
    }

    private static ReadOnlySpan<byte> Check(ReadOnlySpan<byte> content) => SHA256.HashData(content).AsSpan(0, CheckBytes);
}
