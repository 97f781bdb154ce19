using System.Text;
using Airworthy.Model;

namespace Airworthy.Git.Lines;

/// <summary>One long-lived <c>git diff-tree</c> that is asked for commits and answers with their edits.</summary>
internal sealed class DiffTree : IAsyncDisposable
{
    // git diff-tree repeats a line of its input that names no object, and flushes: so the end of an answer is known.
    private const string End = "end";

    // What git reads ahead must fit into a pipe, or both sides would wait for each other.
    private const int AtOnce = 256;

    private readonly GitProcess _git;
    private readonly EditParser _parser;

    /// <param name="directory">The git directory.</param>
    /// <param name="form">What is asked of each commit.</param>
    /// <param name="similar">Which files are taken for others.</param>
    /// <param name="paths">The files compared; none means all.</param>
    /// <param name="objects">A further folder of objects; null for none.</param>
    public DiffTree(string directory, DiffForm form, SimilarFiles similar, IEnumerable<string>? paths = null, string? objects = null)
    {
        _git = GitProcess.Start(
            directory,
            [
                "diff-tree", "--stdin", "-r", "--raw", "--always", "--no-abbrev", "--no-color", "--no-ext-diff", "--no-textconv",
                "--ignore-submodules=none", "-l1000", .. Arguments(form), Argument(similar), "--", .. paths ?? [],
            ],
            objects: objects);
        _parser = new EditParser(new LineScanner(_git.Output), form);
    }

    /// <summary>The edits of <paramref name="commits"/>, in their order.</summary>
    /// <exception cref="GitException">git failed, or answered in another form.</exception>
    public Task<List<CommitEdits>> ReadAsync(IReadOnlyList<CommitId> commits, CancellationToken cancel) =>
        ReadAsync([.. commits.Select(c => (c, (CommitId?)null))], cancel);

    /// <summary>The edits of commits, in their order, each compared with one other commit, or null: with its parents.</summary>
    /// <exception cref="GitException">git failed, or answered in another form.</exception>
    public async Task<List<CommitEdits>> ReadAsync(IReadOnlyList<(CommitId Commit, CommitId? With)> commits, CancellationToken cancel)
    {
        var edits = new List<CommitEdits>(commits.Count);
        try
        {
            foreach (var some in commits.Chunk(AtOnce))
            {
                Ask(some);
                while (_parser.Read(End) is { } next)
                {
                    cancel.ThrowIfCancellationRequested();
                    edits.Add(next);
                }
            }
        }
        catch (Exception e) when (e is FormatException or IOException)
        {
            _git.Input.Close();
            await _git.Output.CopyToAsync(Stream.Null, cancel);
            await _git.EnsureEndedWellAsync("the history can't be read", cancel);
            throw new GitException(Fault.BadInput, $"the history can't be read: {e.Message}", e);
        }

        return edits.Count == commits.Count && commits.Index().All(c => edits[c.Index].Commit == c.Item.Commit)
            ? edits
            : throw new GitException(Fault.BadInput, "the history can't be read: git diff-tree answered for other commits than asked for");
    }

    public ValueTask DisposeAsync() => _git.DisposeAsync();

    private static string[] Arguments(DiffForm form) => form switch
    {
        DiffForm.Patches => ["--root", "-p", "-U0", "--full-index"],
        DiffForm.CombinedListing => ["-c"],
        DiffForm.Pairs => ["--root"],
        DiffForm.Trees => ["-p", "-U0", "--full-index"],
        // With a line of context, for without any git leaves out the line before which others were lost, and its place can't be told.
        DiffForm.CombinedPatches => ["-c", "--combined-all-paths", "-p", "-U1", "--full-index"],
        _ => [],
    };

    private static string Argument(SimilarFiles similar) => similar switch
    {
        SimilarFiles.Renamed => "-M",
        SimilarFiles.Copied => "-C",
        _ => "--no-renames",
    };

    private void Ask((CommitId Commit, CommitId? With)[] commits)
    {
        var text = new StringBuilder();
        foreach (var (commit, with) in commits)
        {
            text.Append(commit.Hex).Append(with is null ? "" : " ").Append(with?.Hex).Append('\n');
        }

        _git.Input.Write(Encoding.ASCII.GetBytes(text.Append(End).Append('\n').ToString()));
        _git.Input.Flush();
    }
}
