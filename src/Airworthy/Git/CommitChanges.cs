using System.Runtime.CompilerServices;
using System.Text;
using Airworthy.Model;

namespace Airworthy.Git;

/// <summary>One long-lived <c>git diff-tree --stdin</c>: what commits changed against their first parents, one commit at a time.</summary>
/// <param name="directory">The repository.</param>
/// <param name="paths">The files whose changes are told; all when there are none.</param>
internal sealed class CommitChanges(string directory, RepoPath[] paths) : IAsyncDisposable
{
    // What git does not take for an object's name it echoes: the mark after which it has said all of the commit before.
    private const string End = ".";

    private readonly SemaphoreSlim _turn = new(1, 1);
    private GitProcess? _git;
    private ByteReader? _reader;

    /// <summary>The files that <paramref name="commit"/> changed against <paramref name="parent"/>; null for a root, whose files are all added.</summary>
    /// <exception cref="GitException">An object is missing.</exception>
    public async IAsyncEnumerable<FileDiff> ReadAsync(CommitId commit, CommitId? parent, [EnumeratorCancellation] CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        var isWhole = false;
        try
        {
            _git ??= GitProcess.Start(
                directory,
                ["diff-tree", "--stdin", "--root", "--no-commit-id", "-r", "--raw", "--no-abbrev", "-p", "-U0", "-M", "--no-color", "--no-ext-diff", "--no-textconv", "--", .. paths.Select(path => path.Value)]);
            _reader ??= new ByteReader(_git.Output, DiffReader.MaxLineBytes);
            await AskAsync(_git, parent is { } from ? $"{commit.Hex} {from.Hex}" : commit.Hex);
            var end = new DiffReader.Ending(Encoding.ASCII.GetBytes(End));
            await foreach (var file in DiffReader.ReadAsync(_reader, end, cancel))
            {
                yield return file;
            }

            isWhole = end.IsReached;
            if (!isWhole)
            {
                var (_, error) = await _git.EndAsync(cancel);
                throw GitProcess.Failure($"the changes of {commit.Short} can't be read", error);
            }
        }
        finally
        {
            if (!isWhole)
            {
                // An answer half read would be taken for the next one's.
                await StopAsync();
            }

            _turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _turn.Dispose();
    }

    private static async Task AskAsync(GitProcess git, string question)
    {
        try
        {
            await git.Input.WriteAsync(Encoding.ASCII.GetBytes($"{question}\n{End}\n"), CancellationToken.None);
            await git.Input.FlushAsync(CancellationToken.None);
        }
        catch (IOException)
        {
            // It ended; the answer that does not come tells so.
        }
    }

    private async Task StopAsync()
    {
        if (_git is not null)
        {
            await _git.DisposeAsync();
        }

        (_git, _reader) = (null, null);
    }
}
