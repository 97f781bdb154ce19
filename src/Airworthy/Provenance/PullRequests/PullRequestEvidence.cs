using System.Collections.Immutable;
using Airworthy.Git;
using Airworthy.Model;
using Airworthy.Provenance.Records;

namespace Airworthy.Provenance.PullRequests;

/// <summary>
/// Gives the commits of a history what their pull requests tell: the marks of the branch's commits that a squash left behind, and what the
/// forge knows of the request itself. One signature of several commits is not all lines: where the branch's commits are known and only a part
/// of them is marked, what the squash says of itself is weakened, and told. See docs/design/provenance.md.
/// </summary>
internal sealed class PullRequestEvidence
{
    private const int MostAgents = 32;

    private readonly PullRequestHeads _heads;
    private readonly RequestIndex _requests;

    private PullRequestEvidence(PullRequestHeads heads, RequestIndex requests) => (_heads, _requests) = (heads, requests);

    /// <summary>How many heads were fetched.</summary>
    public int Heads => _heads.Count;

    /// <summary>The commits of heads that are not in the history.</summary>
    public IReadOnlyCollection<CommitId> Commits => _heads.Commits;

    /// <summary>Reads the fetched heads, and places <paramref name="requests"/> in the history of <paramref name="tip"/>.</summary>
    public static async Task<PullRequestEvidence> ReadAsync(
        GitRepository repository,
        Task<RecordRefs> refs,
        CommitId tip,
        IReadOnlyCollection<PullRequest> requests,
        Func<Commit, CancellationToken, ValueTask<Authorship>> authorship,
        CancellationToken cancel) =>
        new(await PullRequestHeads.ReadAsync(repository, await refs, tip, authorship, cancel), await RequestIndex.ReadAsync(repository, tip, requests, cancel));

    /// <summary>The signals of <paramref name="commit"/>: its own, weighed by what its request shows, and the request's.</summary>
    public ImmutableArray<Signal> Weigh(Commit commit, ImmutableArray<Signal> own)
    {
        var number = LandingMarks.PullRequest(commit);
        var told = _requests.SignalsOf(commit, number);
        var isSquash = number is not null && commit.Parents.Length == 1;
        var branch = isSquash ? _heads.CommitsOf(number!.Value, commit.CommittedAt) : [];
        if (branch.IsEmpty)
        {
            return told.IsEmpty ? own : [.. own, .. told];
        }

        var marked = branch.Count(part => part.Kind == AuthorKind.Ai);
        IEnumerable<Signal> all = [.. own.Select(signal => signal with { Strength = Weighed(signal.Strength, marked, branch.Length) }), .. told];
        return [.. all, .. Carried(branch, marked, _heads.NameOf(number!.Value)!)];
    }

    /// <summary>The agents of the branch's commits: strong when every commit is marked, else a hint, as are mere hints.</summary>
    private static IEnumerable<Signal> Carried(ImmutableArray<Authorship> branch, int marked, string source)
    {
        var value = $"{marked} of {Words.Count(branch.Length, "commit")} of the request {(marked == 1 ? "carries" : "carry")} a mark";
        var strength = marked == branch.Length ? SignalStrength.Strong : SignalStrength.Weak;
        var agents = branch.SelectMany(part => part.Agents).Distinct().Take(MostAgents).ToList();
        var hints = branch
            .Where(part => part.Kind != AuthorKind.Ai)
            .SelectMany(part => part.Signals)
            .Where(hint => hint.Agent is not null && agents.TrueForAll(agent => agent.Name != hint.Agent.Name))
            .Select(hint => hint with { Source = source })
            .Distinct()
            .Take(MostAgents);
        return agents.Select(agent => new Signal("pull-request-commits", source, strength, value, agent)).Concat(hints);
    }

    /// <summary>
    /// What a squash says of itself holds when all commits it holds say so, and when none does, for it may be the request's own word. Of a part it
    /// is a step weaker, and of less than half only a hint.
    /// </summary>
    private static SignalStrength Weighed(SignalStrength strength, int marked, int commits) =>
        marked == 0 || marked == commits || strength < SignalStrength.Strong ? strength
        : 2 * marked >= commits && strength == SignalStrength.Proof ? SignalStrength.Strong
        : SignalStrength.Weak;
}
