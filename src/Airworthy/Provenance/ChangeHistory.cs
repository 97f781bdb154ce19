using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Airworthy.Git;
using Airworthy.Model;

namespace Airworthy.Provenance;

/// <summary>
/// Gathers the commits of a history into changes, in one pass over it: add every commit, then ask for the index. Takes time and memory
/// linear in the number of commits; messages are not kept.
/// </summary>
public sealed class ChangeHistory
{
    private readonly Dictionary<CommitId, Node> _nodes = [];
    private readonly Dictionary<int, List<CommitId>> _looks = [];
    private readonly Dictionary<int, List<CommitId>> _requests = [];

    /// <summary>Takes one commit of the history, in any order.</summary>
    public void Add(Commit commit)
    {
        ArgumentNullException.ThrowIfNull(commit);
        if (!_nodes.TryAdd(commit.Id, new Node(
            _nodes.Count,
            commit.Parents,
            LandingMarks.Title(commit),
            commit.CommittedAt.ToUniversalTime(),
            LandingMarks.PullRequest(commit),
            LandingMarks.PickedFrom(commit),
            commit.Parents.Length > 1 && LandingMarks.IsPull(commit))))
        {
            return;
        }

        if (_nodes[commit.Id].PullRequest is { } number)
        {
            (CollectionsMarshal.GetValueRefOrAddDefault(_requests, number, out _) ??= []).Add(commit.Id);
        }

        if (commit.Parents.Length <= 1)
        {
            (CollectionsMarshal.GetValueRefOrAddDefault(_looks, Look(commit), out _) ??= []).Add(commit.Id);
        }
    }

    /// <summary>The changes of the first-parent line of <paramref name="tip"/>, with what <paramref name="links"/> tell beside the graph.</summary>
    public ChangeIndex Index(CommitId tip, ChangeLinks? links = null)
    {
        var landings = Landings(tip);
        var owner = Own(landings);
        return new ChangeIndex(Gather(landings, owner, links ?? ChangeLinks.None));
    }

    internal static PatchDigest.Patch PatchOf(Commit commit) => new(commit.Id, commit.Parents.IsEmpty ? null : commit.Parents[0]);

    /// <summary>A commit of the history and what its patch is against.</summary>
    internal PatchDigest.Patch PatchOf(CommitId commit) => new(commit, _nodes[commit].Parents is [var parent, ..] ? parent : null);

    internal bool Holds(CommitId commit) => _nodes.ContainsKey(commit);

    /// <summary>True when <paramref name="one"/> came later in the history read than <paramref name="other"/>, or only it is there.</summary>
    internal bool IsNewer(CommitId one, CommitId other) =>
        _nodes.TryGetValue(one, out var left) && (!_nodes.TryGetValue(other, out var right) || left.Order < right.Order);

    /// <summary>The commits that say what they were picked from.</summary>
    internal IEnumerable<(CommitId Pick, CommitId Origin)> Picks() =>
        from node in _nodes where node.Value.PickedFrom is not null select (node.Key, node.Value.PickedFrom!.Value);

    /// <summary>Commits of one author, date and subject, in groups of two and more, the oldest first: a pick and a rebase keep all three.</summary>
    internal IEnumerable<ImmutableArray<CommitId>> LookAlikes() =>
        from look in _looks.Values where look.Count > 1 select look.OrderByDescending(commit => _nodes[commit].Order).ToImmutableArray();

    /// <summary>The commits of the history with the author, date and subject of <paramref name="commit"/>.</summary>
    internal IReadOnlyList<CommitId> LookAlikesOf(Commit commit) => _looks.GetValueOrDefault(Look(commit)) ?? [];

    /// <summary>The commits that landed something of themselves later than the oldest of some commits, the latest first.</summary>
    internal IEnumerable<CommitId> LandingsAfter(CommitId tip, IEnumerable<CommitId?> commits)
    {
        var oldest = commits.Max(commit => commit is { } id && _nodes.TryGetValue(id, out var node) ? node.Order : int.MaxValue);
        return Landings(tip).Where(landed => _nodes[landed].Parents.Length <= 1 && _nodes[landed].Order < oldest).Reverse();
    }

    /// <summary>The commits that name a pull request.</summary>
    internal IReadOnlyList<CommitId> LandedBy(int pullRequest) => _requests.GetValueOrDefault(pullRequest) ?? [];

    /// <summary>Every commit read.</summary>
    internal IEnumerable<CommitId> Commits => _nodes.Keys;

    private static int Look(Commit commit) => HashCode.Combine(commit.Author.Name, commit.Author.Email, commit.AuthoredAt, commit.Subject);

    /// <summary>The commits that land a change, oldest first: the first-parent line, and beside it the line of a pull.</summary>
    private List<CommitId> Landings(CommitId tip)
    {
        var landings = new List<CommitId>();
        var seen = new HashSet<CommitId>();
        var lines = new Stack<CommitId>([tip]);
        while (lines.TryPop(out var next))
        {
            for (var at = (CommitId?)next; at is { } id && _nodes.TryGetValue(id, out var node) && seen.Add(id);)
            {
                landings.Add(id);
                if (node.IsPull)
                {
                    lines.Push(node.Parents[1]);
                }

                at = node.Parents.IsEmpty ? null : node.Parents[0];
            }
        }

        landings.Reverse();
        return landings;
    }

    /// <summary>Each commit with the landing that owns it: a commit that lands owns itself, and a merge owns what it alone brought.</summary>
    private Dictionary<CommitId, CommitId> Own(List<CommitId> landings)
    {
        var owner = new Dictionary<CommitId, CommitId>(_nodes.Count);
        foreach (var landed in landings)
        {
            owner[landed] = landed;
        }

        var pending = new Stack<CommitId>();
        foreach (var landed in landings)
        {
            pending.Push(landed);
            while (pending.TryPop(out var id))
            {
                foreach (var parent in _nodes[id].Parents)
                {
                    if (_nodes.ContainsKey(parent) && owner.TryAdd(parent, landed))
                    {
                        pending.Push(parent);
                    }
                }
            }
        }

        return owner;
    }

    private ImmutableArray<Change> Gather(List<CommitId> landings, Dictionary<CommitId, CommitId> owner, ChangeLinks links)
    {
        var root = Unite(landings, owner, FirstTwins(landings, owner, links));
        var members = new Dictionary<CommitId, ImmutableArray<CommitId>.Builder>();
        foreach (var landed in landings)
        {
            Members(root[landed]).Add(landed);
        }

        foreach (var (commit, landed) in owner)
        {
            if (commit != landed)
            {
                Members(root[landed]).Add(commit);
            }
        }

        foreach (var (commit, landed) in links.Landed)
        {
            if (owner.TryGetValue(landed, out var landing))
            {
                Members(root[landing]).Add(commit);
            }
        }

        return
        [
            .. landings.AsEnumerable().Reverse().Where(landed => root[landed] == landed).Select(landed =>
            {
                var node = _nodes[landed];
                // A pick whose origin is elsewhere is the origin's change: the same from whichever branch one looks.
                var origin = node.PickedFrom is { } picked && !_nodes.ContainsKey(picked) ? picked : landed;
                return new Change(ChangeIndex.IdOf(origin), node.Title, landed, members[landed].ToImmutable(), node.PullRequest, node.CommittedAt);
            }),
        ];

        ImmutableArray<CommitId>.Builder Members(CommitId landed) =>
            CollectionsMarshal.GetValueRefOrAddDefault(members, landed, out _) ??= ImmutableArray.CreateBuilder<CommitId>();
    }

    /// <summary>
    /// For each landing, the one that names its change: the first of its pull request when they landed one after the other (a rebase
    /// merge), and for a cherry-pick, declared or found, the landing of its origin.
    /// </summary>
    private Dictionary<CommitId, CommitId> Unite(
        List<CommitId> landings, Dictionary<CommitId, CommitId> owner, Dictionary<CommitId, CommitId> twins)
    {
        var root = new Dictionary<CommitId, CommitId>(landings.Count);
        CommitId? previous = null;
        foreach (var landed in landings)
        {
            var node = _nodes[landed];
            var united = landed;
            if (node.PickedFrom is { } picked && owner.TryGetValue(picked, out var origin) && root.TryGetValue(origin, out var first))
            {
                united = first;
            }
            else if (twins.TryGetValue(landed, out var twin) && root.TryGetValue(twin, out var same))
            {
                united = same;
            }
            else if (node.PullRequest is { } number && previous is { } before && _nodes[before].PullRequest == number
                && node.Parents is [var parent, ..] && parent == before)
            {
                united = root[before];
            }

            root[landed] = united;
            previous = landed;
        }

        return root;
    }

    /// <summary>For each landing that has twins, the landing that brought the first of them.</summary>
    private static Dictionary<CommitId, CommitId> FirstTwins(
        List<CommitId> landings, Dictionary<CommitId, CommitId> owner, ChangeLinks links)
    {
        if (links.Twins.Count == 0)
        {
            return [];
        }

        var order = landings.Index().ToDictionary(landing => landing.Item, landing => landing.Index);
        var first = new Dictionary<CommitId, CommitId>();
        foreach (var (commit, group) in links.Twins)
        {
            if (owner.TryGetValue(commit, out var landing)
                && (!first.TryGetValue(group, out var known) || order[landing] < order[known]))
            {
                first[group] = landing;
            }
        }

        return landings.Where(links.Twins.ContainsKey).ToDictionary(landed => landed, landed => first[links.Twins[landed]]);
    }

    private sealed record Node(
        int Order, ImmutableArray<CommitId> Parents, string Title, DateTimeOffset CommittedAt, int? PullRequest, CommitId? PickedFrom, bool IsPull);
}
