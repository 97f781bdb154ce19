using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;

namespace Airworthy.Git;

/// <summary>Digests of many patches from one <c>git diff-tree --stdin</c>.</summary>
internal static class PatchDigests
{
    private const int MostLines = 20_000;

    private const int MostStarts = 20;

    private const int MaxLineBytes = 64 * 1024;

    private static readonly SearchValues<byte> s_hex = SearchValues.Create("0123456789abcdef"u8);

    /// <summary>
    /// The digest of each patch, in the order asked. A patch that can't be read, as an object is missing, is empty; git ends at it and is
    /// started again behind it, but not for ever.
    /// </summary>
    public static async IAsyncEnumerable<PatchDigest> ReadAsync(
        GitRepository repository, IReadOnlyList<PatchDigest.Patch> patches, [EnumeratorCancellation] CancellationToken cancel)
    {
        var done = 0;
        for (var starts = 0; done < patches.Count && starts < MostStarts; starts++)
        {
            await foreach (var digest in ReadAsync(repository.Directory, patches, done, cancel))
            {
                done++;
                yield return digest;
            }
        }

        for (; done < patches.Count; done++)
        {
            yield return PatchDigest.Empty;
        }
    }

    /// <summary>The digests from <paramref name="first"/> on, up to and with the first one that can't be read.</summary>
    private static async IAsyncEnumerable<PatchDigest> ReadAsync(
        string directory, IReadOnlyList<PatchDigest.Patch> patches, int first, [EnumeratorCancellation] CancellationToken cancel)
    {
        await using var git = GitProcess.Start(
            directory,
            ["diff-tree", "--stdin", "--root", "--always", "-r", "-p", "-U0", "--full-index", "--no-renames", "--no-color", "--no-ext-diff", "--no-textconv"]);
        var asking = AskAsync(git, patches.Skip(first), cancel);
        var reader = new ByteReader(git.Output, MaxLineBytes);
        var line = await reader.ReadToAsync((byte)'\n', cancel);
        for (var i = first; i < patches.Count; i++)
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
            return new PatchDigest(_total, _lines.ToFrozenSet());
        }

        public void Dispose() => _file.Dispose();

        private void Change(ReadOnlySpan<byte> line)
        {
            Span<byte> kept = line.Length <= 1024 ? stackalloc byte[line.Length] : new byte[line.Length];
            var count = 0;
            var isTelling = false;
            foreach (var b in line)
            {
                if (b is not ((byte)' ' or (byte)'\t' or (byte)'\r'))
                {
                    kept[count++] = b;
                    isTelling |= b >= 128 || char.IsAsciiLetterOrDigit((char)b);
                }
            }

            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(kept[..count], hash);
            _file.AppendData(hash);
            if (isTelling && _lines.Count < MostLines)
            {
                _lines.Add(BinaryPrimitives.ReadUInt64LittleEndian(hash));
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
