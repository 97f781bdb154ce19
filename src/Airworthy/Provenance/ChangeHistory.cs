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

    /// <summary>Takes one commit of the history, in any order.</summary>
    public void Add(Commit commit)
    {
        ArgumentNullException.ThrowIfNull(commit);
        _nodes.TryAdd(commit.Id, new Node(
            commit.Parents,
            LandingMarks.Title(commit),
            commit.CommittedAt.ToUniversalTime(),
            LandingMarks.PullRequest(commit),
            LandingMarks.PickedFrom(commit),
            commit.Parents.Length > 1 && LandingMarks.IsPull(commit)));
    }

    /// <summary>The changes of the first-parent line of <paramref name="tip"/>.</summary>
    public ChangeIndex Index(CommitId tip)
    {
        var landings = Landings(tip);
        var owner = Own(landings);
        return new ChangeIndex(Gather(landings, owner));
    }

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

    private ImmutableArray<Change> Gather(List<CommitId> landings, Dictionary<CommitId, CommitId> owner)
    {
        var root = Unite(landings, owner);
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
    /// merge), and for a declared cherry-pick the landing of its origin.
    /// </summary>
    private Dictionary<CommitId, CommitId> Unite(List<CommitId> landings, Dictionary<CommitId, CommitId> owner)
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

    private sealed record Node(
        ImmutableArray<CommitId> Parents, string Title, DateTimeOffset CommittedAt, int? PullRequest, CommitId? PickedFrom, bool IsPull);
}
