using System.Runtime.InteropServices;
using Airworthy.Git;
using Airworthy.Model;

namespace Airworthy.Provenance;

/// <summary>Finds which commits of other refs a history landed: picked or rebased one by one, or squashed as a whole branch.</summary>
internal sealed class LandedBranches(
    GitRepository repository, ChangeHistory history, UnmergedBranches branches, Rewritings rewritings, CommitId tip)
{
    /// <summary>How much of a whole branch must be the same when nothing but the content says where it landed.</summary>
    private const double AlikeByContentAlone = 0.8;

    private const int LongestBranch = 500;
    private const int MostCompared = 5_000;

    // A line that so many commits changed finds nobody.
    private const int CommonLine = 8;

    private readonly Dictionary<CommitId, CommitId> _landed = [];

    private sealed record Branch(CommitId Tip, int? PullRequest, CommitId? Base, List<CommitId> Commits);

    /// <summary>Each commit found, with the commit of the history that landed it.</summary>
    public async Task<IReadOnlyDictionary<CommitId, CommitId>> FindAsync(CancellationToken cancel)
    {
        FindDeclared();
        await FindAlikeAsync(cancel);
        await FindSquashedAsync(cancel);
        return _landed;
    }

    /// <summary>The digests of patches, by commit.</summary>
    public static async Task<Dictionary<CommitId, PatchDigest>> DigestsAsync(
        GitRepository repository, IReadOnlyList<PatchDigest.Patch> patches, CancellationToken cancel)
    {
        var digests = new Dictionary<CommitId, PatchDigest>();
        foreach (var (patch, digest) in patches.Zip(await PatchDigests.ReadAsync(repository, patches, cancel)))
        {
            digests[patch.Commit] = digest;
        }

        return digests;
    }

    private void FindDeclared()
    {
        foreach (var commit in branches.Commits.Values)
        {
            if (LandingMarks.PickedFrom(commit) is { } origin && history.Holds(origin))
            {
                _landed[commit.Id] = origin;
            }
        }

        foreach (var (pick, origin) in history.Picks())
        {
            if (branches.Commits.ContainsKey(origin))
            {
                _landed.TryAdd(origin, pick);
            }
        }

        foreach (var commit in branches.Commits.Keys)
        {
            foreach (var landed in rewritings.Of(commit).Where(history.Holds).Take(1))
            {
                _landed.TryAdd(commit, landed);
            }
        }
    }

    private async Task FindAlikeAsync(CancellationToken cancel)
    {
        var pairs = branches.Commits.Values
            .Where(commit => !_landed.ContainsKey(commit.Id) && commit.Parents.Length <= 1)
            .SelectMany(commit => history.LookAlikesOf(commit).Select(landed => (Side: commit, Landed: landed)))
            .Take(MostCompared)
            .ToList();
        var digests = await DigestsAsync(
            repository, [.. pairs.Select(pair => ChangeHistory.PatchOf(pair.Side)).Concat(pairs.Select(pair => history.PatchOf(pair.Landed))).Distinct()], cancel);
        foreach (var (side, landed) in pairs)
        {
            if (ChangeLinks.IsSame(digests[side.Id], digests[landed]))
            {
                _landed.TryAdd(side.Id, landed);
            }
        }
    }

    private async Task FindSquashedAsync(CancellationToken cancel)
    {
        var open = branches.Heads.Select(head => Trace(head.Tip, head.PullRequest)).OfType<Branch>()
            .Where(branch => branch.Commits.Exists(commit => !_landed.ContainsKey(commit)))
            .Take(MostCompared)
            .ToList();
        if (open.Count == 0)
        {
            return;
        }

        var landings = history.LandingsAfter(tip, open.Select(branch => branch.Base)).Take(MostCompared).ToList();
        var digests = await DigestsAsync(repository, [.. landings.Select(history.PatchOf)], cancel);
        var whole = await PatchDigests.ReadAsync(repository, [.. open.Select(branch => new PatchDigest.Patch(branch.Tip, branch.Base))], cancel);
        var index = new LandedLines(landings, digests);
        for (var i = 0; i < open.Count; i++)
        {
            if (Landing(open[i], whole[i], index, digests) is { } landed)
            {
                foreach (var commit in open[i].Commits)
                {
                    _landed.TryAdd(commit, landed);
                }
            }
        }
    }

    private CommitId? Landing(Branch branch, PatchDigest patch, LandedLines index, Dictionary<CommitId, PatchDigest> digests)
    {
        if (patch.IsEmpty)
        {
            return null;
        }

        if (branch.PullRequest is { } number)
        {
            var named = history.LandedBy(number).Where(digests.ContainsKey).Select(commit => (Commit: commit, Likeness: digests[commit].Likeness(patch)));
            if (named.Where(landing => landing.Likeness >= ChangeLinks.LikeEnough).OrderByDescending(landing => landing.Likeness).FirstOrDefault() is { Likeness: > 0 } best)
            {
                return best.Commit;
            }
        }

        return index.Same(patch) ?? (index.Nearest(patch) is { } near && digests[near].Likeness(patch) >= AlikeByContentAlone ? near : null);
    }

    /// <summary>The commits of a branch and where it left the history; null when it is too long for one change, or has no place it left.</summary>
    private Branch? Trace(CommitId head, int? number)
    {
        var commits = new List<CommitId>();
        var seen = new HashSet<CommitId>();
        var pending = new Stack<CommitId>([head]);
        CommitId? left = null;
        while (pending.TryPop(out var id))
        {
            if (!branches.Commits.TryGetValue(id, out var commit))
            {
                // Where it last took the main line in is what it is to be compared with.
                left = left is { } before && history.IsNewer(before, id) ? before : id;
            }
            else if (seen.Add(id))
            {
                commits.Add(id);
                if (commits.Count > LongestBranch)
                {
                    return null;
                }

                foreach (var parent in commit.Parents)
                {
                    pending.Push(parent);
                }
            }
        }

        return left is { } place && !history.Holds(place) ? null : new Branch(head, number, left, commits);
    }

    /// <summary>Finds landings by what they changed.</summary>
    private sealed class LandedLines
    {
        private readonly Dictionary<UInt128, CommitId> _byPatch = [];
        private readonly Dictionary<ulong, List<CommitId>> _byLine = [];

        public LandedLines(List<CommitId> landings, Dictionary<CommitId, PatchDigest> digests)
        {
            foreach (var landing in landings)
            {
                var digest = digests[landing];
                if (digest.IsEmpty)
                {
                    continue;
                }

                // Of several that do the same the earliest landed the branch; they come the latest first.
                _byPatch[digest.Id] = landing;
                foreach (var line in digest.Lines)
                {
                    var places = CollectionsMarshal.GetValueRefOrAddDefault(_byLine, line, out _) ??= [];
                    if (places.Count <= CommonLine)
                    {
                        places.Add(landing);
                    }
                }
            }
        }

        public CommitId? Same(PatchDigest patch) => _byPatch.TryGetValue(patch.Id, out var landing) ? landing : null;

        /// <summary>The landing that shares the most lines that few others have.</summary>
        public CommitId? Nearest(PatchDigest patch)
        {
            var shared = patch.Lines
                .SelectMany(line => _byLine.TryGetValue(line, out var places) && places.Count <= CommonLine ? places : [])
                .CountBy(landing => landing)
                .ToList();
            return shared.Count == 0 ? null : shared.MaxBy(landing => landing.Value).Key;
        }
    }
}
