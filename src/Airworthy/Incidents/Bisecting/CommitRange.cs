using Airworthy.Git;
using Airworthy.Model;

namespace Airworthy.Incidents.Bisecting;

/// <summary>
/// The commits that may be the first bad one, and which of them tell most when tested. Over the graph with its merges: what is bad makes its
/// ancestors suspect and clears all others, what is good clears its ancestors.
/// </summary>
internal sealed class CommitRange
{
    /// <summary>Commits whose ancestors are counted to find a point; of a longer range a sample, then the sample's neighbourhood.</summary>
    private const int MaxCounted = 256;

    private readonly CommitId[] _ids;
    private readonly int[][] _parents;
    private readonly Dictionary<CommitId, int> _index;
    private readonly HashSet<int> _skipped = [];
    private List<int> _open;

    private CommitRange(CommitId[] ids, int[][] parents, Dictionary<CommitId, int> index)
    {
        (_ids, _parents, _index) = (ids, parents, index);
        _open = [.. Enumerable.Range(0, ids.Length)];
    }

    /// <summary>Commits that may still be it, the last bad one included.</summary>
    public int Count => _open.Count;

    /// <summary>The commits that may still be it, the newest first.</summary>
    public IEnumerable<CommitId> Possible => _open.AsEnumerable().Reverse().Select(at => _ids[at]);

    /// <summary>The last commit known to be bad.</summary>
    public CommitId LastBad => _ids[_open[^1]];

    /// <summary>What is in the history of <paramref name="bad"/> and not in that of <paramref name="good"/>.</summary>
    public static async Task<CommitRange> OpenAsync(GitRepository repository, CommitId good, CommitId bad, CancellationToken cancel)
    {
        var commits = new List<Commit>();
        await foreach (var commit in repository.HistoryAsync($"{good.Hex}..{bad.Hex}", cancel))
        {
            commits.Add(commit);
        }

        return Of(commits);
    }

    /// <summary>A range of commits in any order; the one that is nobody's parent is the bad one.</summary>
    public static CommitRange Of(IReadOnlyList<Commit> commits)
    {
        var byId = commits.ToDictionary(commit => commit.Id);
        var index = new Dictionary<CommitId, int>();
        var parents = new List<int[]>();

        // Parents first, without recursion: a history is longer than a stack is deep.
        var stack = new Stack<(Commit Commit, int Next)>();
        foreach (var start in commits)
        {
            stack.Push((start, 0));
            while (stack.TryPop(out var at))
            {
                if (index.ContainsKey(at.Commit.Id))
                {
                    continue;
                }

                if (at.Next < at.Commit.Parents.Length)
                {
                    stack.Push((at.Commit, at.Next + 1));
                    if (byId.TryGetValue(at.Commit.Parents[at.Next], out var parent) && !index.ContainsKey(parent.Id))
                    {
                        stack.Push((parent, 0));
                    }

                    continue;
                }

                index.Add(at.Commit.Id, parents.Count);
                parents.Add([.. at.Commit.Parents.Where(index.ContainsKey).Select(parent => index[parent])]);
            }
        }

        return new CommitRange([.. index.OrderBy(entry => entry.Value).Select(entry => entry.Key)], [.. parents], index);
    }

    public bool Contains(CommitId commit) => _index.TryGetValue(commit, out var at) && _open.BinarySearch(at) >= 0;

    public void Bad(CommitId commit)
    {
        var within = Ancestors(_index[commit]);
        _open = [.. _open.Where(within.Contains)];
    }

    public void Good(CommitId commit)
    {
        var cleared = Ancestors(_index[commit]);
        _open = [.. _open.Where(at => !cleared.Contains(at))];
    }

    public void Skip(CommitId commit) => _skipped.Add(_index[commit]);

    /// <summary>
    /// The commits to test at once: they cut the range into parts as even as the graph lets them. Where some can't be tested, the points
    /// move away from them by ever finer fractions, so that a long stretch that does not build is jumped over, not walked.
    /// </summary>
    /// <param name="count">How many.</param>
    /// <param name="besides">Commits that are being tested already.</param>
    public IReadOnlyList<CommitId> Points(int count, IReadOnlySet<CommitId> besides)
    {
        var testable = _open.Take(_open.Count - 1).Where(at => !_skipped.Contains(at) && !besides.Contains(_ids[at])).ToList();
        if (testable.Count <= count)
        {
            return [.. testable.Select(at => _ids[at])];
        }

        var skips = _open.Count(_skipped.Contains);
        var chosen = new HashSet<int>();
        for (var k = 1; k <= count; k++)
        {
            var share = skips == 0 ? k / (count + 1.0) : (VanDerCorput(skips + 1) + ((k - 1) / (double)count)) % 1;
            if (Nearest(testable, share * _open.Count, chosen) is { } point)
            {
                chosen.Add(point);
            }
        }

        return [.. chosen.Select(at => _ids[at])];
    }

    /// <summary>The testable commit whose number of suspect ancestors is nearest to <paramref name="target"/>.</summary>
    private int? Nearest(List<int> testable, double target, HashSet<int> chosen)
    {
        var step = Math.Max(1, testable.Count / MaxCounted);
        var sample = Enumerable.Range(0, testable.Count).Where(i => i % step == 0);
        var best = Best(sample);
        return step == 1 || best is null ? best is { } only ? testable[only] : null
            : testable[Best(Enumerable.Range(Math.Max(0, best.Value - step), Math.Min(testable.Count - 1, best.Value + step) - Math.Max(0, best.Value - step) + 1).Take(MaxCounted))!.Value];

        int? Best(IEnumerable<int> among)
        {
            int? found = null;
            var off = double.MaxValue;
            foreach (var i in among.Where(i => !chosen.Contains(testable[i])))
            {
                // An ancestor always stands before its descendants, so a commit's place bounds their number.
                if (Math.Max(0, target - (i + 1 + _open.Count - testable.Count)) > off)
                {
                    continue;
                }

                var distance = Math.Abs(Ancestors(testable[i]).Count - target);
                if (distance < off)
                {
                    (found, off) = (i, distance);
                }
            }

            return found;
        }
    }

    /// <summary>A suspect commit and those of its ancestors that are suspect.</summary>
    private HashSet<int> Ancestors(int commit)
    {
        var found = new HashSet<int> { commit };
        var stack = new Stack<int>([commit]);
        while (stack.TryPop(out var at))
        {
            foreach (var parent in _parents[at])
            {
                if (_open.BinarySearch(parent) >= 0 && found.Add(parent))
                {
                    stack.Push(parent);
                }
            }
        }

        return found;
    }

    /// <summary>1/2, 1/4, 3/4, 1/8, 5/8 …: evenly spread however many are taken.</summary>
    private static double VanDerCorput(int n)
    {
        var value = 0.0;
        for (var fraction = 0.5; n > 0; n >>= 1, fraction /= 2)
        {
            value += (n & 1) * fraction;
        }

        return value;
    }
}
