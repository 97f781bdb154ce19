using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;

namespace Airworthy.Git;

/// <summary>Digests of many patches from one <c>git diff-tree --stdin</c>.</summary>
internal static class PatchDigests
{
    private const int MostLines = 20_000;

    private const int MostStarts = 20;

    // Fewer are read sooner than another process starts.
    private const int LeastShare = 64;

    private const int MaxLineBytes = 64 * 1024;

    private static readonly SearchValues<byte> s_hex = SearchValues.Create("0123456789abcdef"u8);

    /// <summary>
    /// The digest of each patch, in the order asked: kept from an earlier run, or read with as many processes as there are cores. A patch that can't
    /// be read, as an object is missing, is empty; git ends at it and is started again behind it, but not for ever.
    /// </summary>
    public static async Task<PatchDigest[]> ReadAsync(GitRepository repository, IReadOnlyCollection<PatchDigest.Patch> patches, CancellationToken cancel)
    {
        var cache = patches.Count < LeastShare ? null : repository.Cache?.Patches;
        var known = cache?.Read(patches) ?? [];
        var missing = patches.Where(patch => !known.ContainsKey(patch)).Distinct().ToList();
        var share = Math.Max(LeastShare, (missing.Count + Environment.ProcessorCount - 1) / Environment.ProcessorCount);
        var parts = await Task.WhenAll(missing.Chunk(share).Select(part => Task.Run(() => ReadPartAsync(repository.Directory, part, cancel), cancel)));
        var fresh = missing.Zip(parts.SelectMany(part => part)).ToList();
        cache?.Write(fresh);
        foreach (var (patch, digest) in fresh)
        {
            known[patch] = digest;
        }

        return [.. patches.Select(patch => known[patch])];
    }

    private static async Task<PatchDigest[]> ReadPartAsync(string directory, PatchDigest.Patch[] patches, CancellationToken cancel)
    {
        var digests = new List<PatchDigest>(patches.Length);
        for (var starts = 0; digests.Count < patches.Length && starts < MostStarts; starts++)
        {
            await foreach (var digest in ReadAsync(directory, patches, digests.Count, cancel))
            {
                digests.Add(digest);
            }
        }

        return [.. digests, .. Enumerable.Repeat(PatchDigest.Empty, patches.Length - digests.Count)];
    }

    /// <summary>The digests from <paramref name="first"/> on, up to and with the first one that can't be read.</summary>
    private static async IAsyncEnumerable<PatchDigest> ReadAsync(
        string directory, PatchDigest.Patch[] patches, int first, [EnumeratorCancellation] CancellationToken cancel)
    {
        await using var git = GitProcess.Start(
            directory,
            ["diff-tree", "--stdin", "--root", "--always", "-r", "-p", "-U0", "--full-index", "--no-renames", "--no-color", "--no-ext-diff", "--no-textconv"]);
        var asking = AskAsync(git, patches.Skip(first), cancel);
        var reader = new ByteReader(git.Output, MaxLineBytes);
        var line = await reader.ReadToAsync((byte)'\n', cancel);
        for (var i = first; i < patches.Length; i++)
        {
            var name = Encoding.ASCII.GetBytes(patches[i].Commit.Hex);
            if (line is not { } head || !head.Span.SequenceEqual(name))
            {
                yield return PatchDigest.Empty;
                yield break;
            }

            using var sum = new Sum();
            line = await reader.ReadToAsync((byte)'\n', cancel);
            while (line is { } text && !IsName(text.Span, name.Length))
            {
                sum.Take(text.Span);
                line = await reader.ReadToAsync((byte)'\n', cancel);
            }

            // The last one may have been cut off in the middle.
            var isWhole = line is not null || (await git.EndAsync(cancel)).Exit == 0;
            yield return isWhole ? sum.Digest() : PatchDigest.Empty;
            if (!isWhole)
            {
                yield break;
            }
        }

        await asking;
    }

    private static async Task AskAsync(GitProcess git, IEnumerable<PatchDigest.Patch> patches, CancellationToken cancel)
    {
        try
        {
            await using var questions = new StreamWriter(git.Input, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            foreach (var patch in patches)
            {
                await questions.WriteAsync(
                    (patch.Base is { } old ? $"{patch.Commit.Hex} {old.Hex}\n" : $"{patch.Commit.Hex}\n").AsMemory(), cancel);
            }
        }
        catch (IOException)
        {
            // It ended early; the answer that does not come tells so.
        }
    }

    // Every line of a patch begins with a word or a sign; a bare name begins the next one.
    private static bool IsName(ReadOnlySpan<byte> line, int length) => line.Length == length && !line.ContainsAnyExcept(s_hex);

    /// <summary>Sums the files of one patch, so that their order does not count.</summary>
    private sealed class Sum : IDisposable
    {
        private readonly IncrementalHash _file = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        private readonly HashSet<ulong> _lines = [];
        private UInt128 _total;
        private bool _isOpen;
        private byte[] _blobs = [];

        public void Take(ReadOnlySpan<byte> line)
        {
            if (line.StartsWith("diff --git "u8))
            {
                Close();
                _isOpen = true;
                _file.AppendData(line);
            }
            else if (line.StartsWith("index "u8))
            {
                _blobs = line.ToArray();
            }
            else if (line.StartsWith("Binary files "u8))
            {
                // What changed in it only its blobs tell.
                _file.AppendData(_blobs);
            }
            else if (line.StartsWith("new "u8) || line.StartsWith("old "u8) || line.StartsWith("deleted "u8))
            {
                _file.AppendData(line);
            }
            else if (line.Length > 0 && line[0] is (byte)'+' or (byte)'-' && !line.StartsWith("+++ "u8) && !line.StartsWith("--- "u8))
            {
                Change(line);
            }
        }

        public PatchDigest Digest()
        {
            Close();
            return new PatchDigest(_total, _lines);
        }

        public void Dispose() => _file.Dispose();

        private void Change(ReadOnlySpan<byte> line)
        {
            Span<byte> kept = line.Length <= 1024 ? stackalloc byte[line.Length] : new byte[line.Length];
            var count = 0;
            var isTelling = false;
            // FNV-1a: who would make two lines alike could as well write the same line.
            var hash = 14695981039346656037UL;
            foreach (var b in line)
            {
                if (b is not ((byte)' ' or (byte)'\t' or (byte)'\r'))
                {
                    kept[count++] = b;
                    hash = unchecked((hash ^ b) * 1099511628211UL);
                    isTelling |= b >= 128 || char.IsAsciiLetterOrDigit((char)b);
                }
            }

            _file.AppendData(kept[..count]);
            _file.AppendData("\n"u8);
            if (isTelling && _lines.Count < MostLines)
            {
                _lines.Add(hash);
            }
        }

        private void Close()
        {
            if (_isOpen)
            {
                _total = unchecked(_total + BinaryPrimitives.ReadUInt128LittleEndian(_file.GetHashAndReset()));
                _isOpen = false;
            }
        }
    }
}
