using Airworthy.Git;
using Airworthy.Model;

namespace Airworthy.Incidents;

/// <summary>The commits that came with the release that failed: those since the release before, which did not.</summary>
internal sealed class ReleaseWindow
{
    /// <summary>Commits of a window whose removed lines are looked at.</summary>
    private const int MaxRead = 150;

    private readonly List<Commit> _commits;
    private readonly HashSet<CommitId> _ids;

    private ReleaseWindow(List<Commit> commits) => (_commits, _ids) = (commits, [.. commits.Select(commit => commit.Id)]);

    public int Count => _commits.Count;

    public static async Task<ReleaseWindow> OpenAsync(GitRepository repository, CommitId before, CommitId revision, CancellationToken cancel)
    {
        var commits = new List<Commit>();
        await foreach (var commit in repository.HistoryAsync($"{before.Hex}..{revision.Hex}", cancel))
        {
            commits.Add(commit);
        }

        return new ReleaseWindow(commits);
    }

    public bool Contains(CommitId commit) => _ids.Contains(commit);

    /// <summary>
    /// The commits of the window that took lines away from the trace's functions. Newest first, each place is carried forward over the
    /// hunks of the commits after it, so that it is met at the revision that ran.
    /// </summary>
    public async Task<List<(Commit Commit, WeighedFrame Frame)>> RemovalsAsync(
        GitRepository repository, IReadOnlyList<WeighedFrame> frames, CancellationToken cancel)
    {
        var found = new List<(Commit, WeighedFrame)>();
        var since = frames.Select(frame => frame.Path).Distinct().ToDictionary(path => path, _ => new List<Hunk>());
        foreach (var commit in _commits.Take(MaxRead).Where(commit => commit.Parents.Length == 1))
        {
            await foreach (var diff in repository.DiffAsync(commit.Parents[0], commit.Id, cancel))
            {
                if (diff.NewPath is not { } path || !since.TryGetValue(path, out var later))
                {
                    continue;
                }

                foreach (var hunk in diff.Hunks.Where(hunk => hunk.OldCount > hunk.NewCount))
                {
                    var line = Carried(Math.Max(1, hunk.NewStart), later);
                    found.AddRange(frames.Where(frame => frame.Path == path && frame.Frame.Unit?.Span.Contains(line) == true).Select(frame => (commit, frame)));
                }

                later.InsertRange(0, diff.Hunks.Reverse());
            }
        }

        return found;
    }

    /// <summary>A line carried over later hunks, the oldest commit's first and in each the last hunk first.</summary>
    private static int Carried(int line, List<Hunk> later)
    {
        foreach (var hunk in later)
        {
            if (line >= hunk.OldStart + Math.Max(1, hunk.OldCount))
            {
                line += hunk.NewCount - hunk.OldCount;
            }
        }

        return line;
    }
}
