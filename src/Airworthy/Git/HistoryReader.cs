using System.Globalization;
using System.Runtime.CompilerServices;
using Airworthy.Model;

namespace Airworthy.Git;

/// <summary>Reads commits from one <c>git log</c>, its fields ended by NUL, which no field can hold.</summary>
internal static class HistoryReader
{
    /// <summary>The longest message taken; what is longer is cut there.</summary>
    public const int MaxMessageBytes = 4 * 1024 * 1024;

    private const string Format = "--format=%H%x00%P%x00%an%x00%ae%x00%at%x00%cn%x00%ce%x00%ct%x00%B%x00";

    public static async IAsyncEnumerable<Commit> ReadAsync(
        string directory, IReadOnlyList<string> range, [EnumeratorCancellation] CancellationToken cancel, byte[]? revisions = null, string? objects = null)
    {
        await using var git = GitProcess.Start(
            directory, ["log", "--no-color", "--no-mailmap", "--no-notes", "--no-decorate", "--encoding=UTF-8", Format, .. range], objects: objects);
        if (revisions is not null)
        {
            // git reads them all before it answers, so neither waits for the other.
            await git.Input.WriteAsync(revisions, cancel);
        }

        git.Input.Close();
        await foreach (var commit in ReadAsync(git.Output, cancel))
        {
            yield return commit;
        }

        await git.EnsureEndedWellAsync("the history can't be read", cancel);
    }

    /// <summary>Reads the stream alone; it ends after a whole commit.</summary>
    /// <exception cref="GitException">The stream is of another form, or ends in the middle of a commit.</exception>
    public static async IAsyncEnumerable<Commit> ReadAsync(Stream output, [EnumeratorCancellation] CancellationToken cancel)
    {
        var reader = new ByteReader(output, MaxMessageBytes);
        var fields = new string[9];
        while (true)
        {
            for (var i = 0; i < fields.Length; i++)
            {
                if (await reader.ReadToAsync(0, cancel) is not { } bytes)
                {
                    if (i == 0)
                    {
                        yield break;
                    }

                    throw Malformed();
                }

                fields[i] = GitText.Decode(bytes.Span);
                // What is left after the last record.
                if (i == 0 && fields[0] == "\n")
                {
                    yield break;
                }
            }

            // A line feed ends each record but the fields end by NUL: it stands before the next record's first field.
            if (!CommitId.TryParse(fields[0].AsSpan().TrimStart('\n'), out var id))
            {
                throw Malformed();
            }

            yield return new Commit(
                id,
                [.. fields[1].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(p => CommitId.Parse(p))],
                new Identity(fields[2], fields[3]),
                Instant(fields[4]),
                new Identity(fields[5], fields[6]),
                Instant(fields[7]),
                fields[8].TrimEnd('\n'));
        }
    }

    private static GitException Malformed() => new(Fault.BadInput, "the history can't be read: git log answered in another form than asked for");

    private static DateTimeOffset Instant(string seconds) =>
        long.TryParse(seconds, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var unix)
            ? DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(unix, -62_135_596_800, 253_402_300_799))
            : DateTimeOffset.UnixEpoch;
}
