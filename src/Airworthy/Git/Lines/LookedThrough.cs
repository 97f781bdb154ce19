using Airworthy.Model;

namespace Airworthy.Git.Lines;

/// <summary>The commits that line history looks through, with the old line that each of their lines came from, where one is found.</summary>
internal sealed class LookedThrough
{
    private readonly Dictionary<CommitId, Dictionary<RepoPath, Dictionary<int, int>>> _commits = [];

    /// <summary>None.</summary>
    public static LookedThrough Nothing { get; } = new();

    /// <summary>The old line of each new one of a file that has one, both counted from 0; null when the commit is not looked through.</summary>
    public IReadOnlyDictionary<int, int>? Origins(CommitId commit, RepoPath path) =>
        _commits.TryGetValue(commit, out var files) ? files.GetValueOrDefault(path) : null;

    /// <summary>Compares the lines of <paramref name="commits"/>. Merges and first commits are not looked through: their lines stay their own.</summary>
    /// <exception cref="GitException">A commit can't be read.</exception>
    public static async Task<LookedThrough> ReadAsync(GitRepository repository, IReadOnlyCollection<CommitId> commits, CancellationToken cancel)
    {
        var read = new LookedThrough();
        await foreach (var commit in repository.CommitsAsync(commits, cancel))
        {
            if (commit.Parents is not [var parent])
            {
                continue;
            }

            var files = read._commits[commit.Id] = [];
            await foreach (var file in repository.ChangesAsync(commit.Id, parent, cancel))
            {
                if (file.NewPath is { } path)
                {
                    files[path] = Origins(file);
                }
            }
        }

        return read;
    }

    private static Dictionary<int, int> Origins(FileDiff file)
    {
        var origins = new Dictionary<int, int>();
        foreach (var hunk in file.Hunks)
        {
            var aligned = LineAlignment.Align(hunk.Removed, hunk.Added);
            for (var i = 0; i < aligned.Length; i++)
            {
                if (aligned[i] >= 0)
                {
                    origins[hunk.NewStart - 1 + i] = hunk.OldStart - 1 + aligned[i];
                }
            }
        }

        return origins;
    }
}
