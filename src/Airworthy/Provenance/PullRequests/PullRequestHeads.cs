using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Airworthy.Git;
using Airworthy.Model;
using Airworthy.Provenance.Records;

namespace Airworthy.Provenance.PullRequests;

/// <summary>
/// The commits of pull requests whose heads were fetched, as far as they are not in the history looked at: what a squash left behind.
/// Read with one git process, however many heads there are.
/// </summary>
internal sealed partial class PullRequestHeads
{
    /// <summary>Commits of one request; GitHub itself shows no more. A head with more is of another line of history.</summary>
    public const int MostCommits = 250;

    /// <summary>Where they are sought.</summary>
    public static IReadOnlyList<string> Prefixes { get; } = ["refs/pull", "refs/merge-requests", "refs/remotes"];

    private readonly Dictionary<int, (CommitId Commit, string Name)> _heads;
    private readonly Dictionary<CommitId, Node> _nodes;

    private PullRequestHeads(Dictionary<int, (CommitId Commit, string Name)> heads, Dictionary<CommitId, Node> nodes) =>
        (_heads, _nodes) = (heads, nodes);

    /// <summary>Reads all heads of <paramref name="repository"/>.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="refs">Its refs, with those below <see cref="Prefixes"/>.</param>
    /// <param name="tip">The revision whose history is looked at.</param>
    /// <param name="authorship">Tells who wrote a commit, by its own marks and records.</param>
    /// <param name="cancel">Ends the reading.</param>
    public static async Task<PullRequestHeads> ReadAsync(
        GitRepository repository,
        RecordRefs refs,
        CommitId tip,
        Func<Commit, CancellationToken, ValueTask<Authorship>> authorship,
        CancellationToken cancel)
    {
        var heads = Heads(Prefixes.SelectMany(refs.Below).Where(head => head.Type == "commit").Select(head => (head.Name, CommitId.Parse(head.Object))));
        var nodes = new Dictionary<CommitId, Node>();
        if (heads.Count > 0)
        {
            await foreach (var commit in repository.HistoryAsync(heads.Values.Select(head => head.Commit).Distinct(), tip, cancel))
            {
                nodes[commit.Id] = new Node(commit.Parents, commit.CommittedAt, await authorship(commit, cancel));
            }
        }

        return new PullRequestHeads(heads, nodes);
    }

    /// <summary>How many heads were fetched.</summary>
    public int Count => _heads.Count;

    /// <summary>Their commits that are not in the history looked at.</summary>
    public IReadOnlyCollection<CommitId> Commits => _nodes.Keys;

    /// <summary>The name of the head's ref; null when it was not fetched.</summary>
    public string? NameOf(int number) => _heads.TryGetValue(number, out var head) ? head.Name : null;

    /// <summary>
    /// Who wrote the commits of a request that landed at <paramref name="landedAt"/>, merges left out. Empty when the head was not fetched, is in
    /// the history itself, or can't be the one: a request of that number begun after the landing, or with more commits than a request has.
    /// </summary>
    public ImmutableArray<Authorship> CommitsOf(int number, DateTimeOffset landedAt)
    {
        if (!_heads.TryGetValue(number, out var head))
        {
            return [];
        }

        var found = ImmutableArray.CreateBuilder<Authorship>();
        var begun = DateTimeOffset.MaxValue;
        var seen = new HashSet<CommitId> { head.Commit };
        var pending = new Stack<CommitId>([head.Commit]);
        while (pending.TryPop(out var id))
        {
            if (!_nodes.TryGetValue(id, out var node))
            {
                continue;
            }

            if (seen.Count > MostCommits)
            {
                return [];
            }

            if (node.Parents.Length < 2)
            {
                found.Add(node.Authorship);
                begun = node.CommittedAt < begun ? node.CommittedAt : begun;
            }

            foreach (var parent in node.Parents.Where(seen.Add))
            {
                pending.Push(parent);
            }
        }

        return begun <= landedAt ? found.ToImmutable() : [];
    }

    /// <summary>The head of each number; where remotes differ about one, none is believed.</summary>
    private static Dictionary<int, (CommitId Commit, string Name)> Heads(IEnumerable<(string Name, CommitId Commit)> refs)
    {
        var heads = new Dictionary<int, (CommitId Commit, string Name)>();
        var disputed = new HashSet<int>();
        foreach (var (name, commit) in refs)
        {
            if (HeadRef().Match(name) is not { Success: true } match
                || !int.TryParse(match.Groups["number"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                continue;
            }

            if (!heads.TryAdd(number, (commit, SignalLimits.Bound(name))) && heads[number].Commit != commit)
            {
                disputed.Add(number);
            }
        }

        foreach (var number in disputed)
        {
            heads.Remove(number);
        }

        return heads;
    }

    [GeneratedRegex(
        @"^refs/(?:remotes/[^/]+/)?(?:pull|pr|pull-requests|merge-requests|mr)/(?<number>[1-9][0-9]{0,8})(?:/(?:head|from))?$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: SignalLimits.MatchMilliseconds)]
    private static partial Regex HeadRef();

    private sealed record Node(ImmutableArray<CommitId> Parents, DateTimeOffset CommittedAt, Authorship Authorship);
}
