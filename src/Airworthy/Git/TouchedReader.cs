using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text;
using Airworthy.Model;

namespace Airworthy.Git;

/// <summary>Reads from one <c>git log --name-only</c> which files commits changed.</summary>
internal static class TouchedReader
{
    /// <summary>The whole history of a revision, parents before children; merges changed nothing.</summary>
    /// <exception cref="GitException">History can't be read.</exception>
    public static IAsyncEnumerable<TouchedCommit> ReadAsync(string directory, CommitId tip, CancellationToken cancel) =>
        ReadAsync(directory, ["--topo-order", "--reverse", tip.Hex, "--"], [], cancel);

    /// <summary>Some commits alone, each against its first parent; what the repository does not hold is left out.</summary>
    /// <exception cref="GitException">An object is missing.</exception>
    public static IAsyncEnumerable<TouchedCommit> ReadAsync(string directory, IEnumerable<CommitId> commits, CancellationToken cancel) =>
        ReadAsync(directory, ["--no-walk=unsorted", "-m", "--first-parent", "--ignore-missing", "--stdin"], Encoding.ASCII.GetBytes(string.Concat(commits.Select(commit => $"{commit.Hex}\n"))), cancel);

    private static async IAsyncEnumerable<TouchedCommit> ReadAsync(string directory, string[] range, byte[] revisions, [EnumeratorCancellation] CancellationToken cancel)
    {
        await using var git = GitProcess.Start(
            directory, ["log", "--root", "--no-color", "--no-notes", "--no-decorate", "--no-renames", "--name-only", "--format=%x00%H %P", .. range]);
        // git reads them all before it answers, so neither waits for the other.
        await git.Input.WriteAsync(revisions, cancel);
        git.Input.Close();
        var reader = new ByteReader(git.Output);
        // Each record begins with the NUL: no path, being quoted, can hold one.
        await reader.ReadToAsync(0, cancel);
        while (await reader.ReadToAsync(0, cancel) is { } record)
        {
            yield return Read(record.Span);
        }

        await git.EnsureEndedWellAsync("the history can't be read", cancel);
    }

    private static TouchedCommit Read(ReadOnlySpan<byte> record)
    {
        var end = record.IndexOf((byte)'\n');
        var ids = Encoding.ASCII.GetString(end < 0 ? record : record[..end]).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var paths = ImmutableArray.CreateBuilder<RepoPath>();
        var rest = end < 0 ? default : record[(end + 1)..];
        foreach (var range in rest.Split((byte)'\n'))
        {
            if (!rest[range].IsEmpty)
            {
                paths.Add(QuotedPath.Read(rest[range]));
            }
        }

        return new TouchedCommit(CommitId.Parse(ids[0]), [.. ids.Skip(1).Select(parent => CommitId.Parse(parent))], paths.ToImmutable());
    }
}
