using Airworthy.Git;
using Airworthy.Model;
using Airworthy.Policies;
using Airworthy.Provenance;

namespace Airworthy.Journeys.Repositories;

/// <summary>A repository as seen from one revision: its changes, who wrote them, and its policy.</summary>
public sealed class RepositoryView
{
    private const int MostSignals = 50;
    private const int ShortestName = 7;
    private readonly Dictionary<CommitId, Authorship> _authorship;
    private readonly HashSet<CommitId> _merges;
    private readonly Reverts _reverts;
    private readonly FlagTrailers _flags;

    private RepositoryView(
        string name,
        GitRepository git,
        CommitId revision,
        ChangeIndex changes,
        Policy policy,
        Dictionary<CommitId, Authorship> authorship,
        HashSet<CommitId> merges,
        Reverts reverts,
        FlagTrailers flags)
    {
        (Name, Git, Revision, Changes, Policy) = (name, git, revision, changes, policy);
        (_authorship, _merges, _reverts, _flags) = (authorship, merges, reverts, flags);
    }

    /// <summary>The repository's name.</summary>
    public string Name { get; }

    /// <summary>The repository, open.</summary>
    public GitRepository Git { get; }

    /// <summary>The revision seen from.</summary>
    public CommitId Revision { get; }

    /// <summary>Every commit of that history, by the change that owns it.</summary>
    public ChangeIndex Changes { get; }

    /// <summary>The policy in the tree of that revision, else the default one.</summary>
    public Policy Policy { get; }

    /// <summary>Reads a repository at a revision, its history in one pass.</summary>
    /// <exception cref="FaultException">It, or its policy, can't be read.</exception>
    public static async Task<RepositoryView> ReadAsync(string name, GitRepository git, CommitId revision, CancellationToken cancel) =>
        await ReadAsync(name, git, revision, await DeclaredAuthors.OpenAsync(git, revision, requests: [], cancel), also: null, cancel);

    /// <summary>The same by authors that are open already; <paramref name="also"/> is shown each commit of the history on the way.</summary>
    internal static async Task<RepositoryView> ReadAsync(
        string name, GitRepository git, CommitId revision, DeclaredAuthors authors, Action<Commit>? also, CancellationToken cancel)
    {
        var history = new ChangeHistory();
        var authorship = new Dictionary<CommitId, Authorship>();
        var merges = new HashSet<CommitId>();
        var reverts = new Reverts();
        var flags = new FlagTrailers();
        await foreach (var commit in git.HistoryAsync(revision.Hex, cancel))
        {
            history.Add(commit);
            reverts.Add(commit);
            flags.Add(commit);
            also?.Invoke(commit);
            authorship[commit.Id] = await authors.OfAsync(commit, cancel);
            if (commit.Parents.Length > 1)
            {
                merges.Add(commit.Id);
            }
        }

        var links = await ChangeLinks.AcrossRefsAsync(git, history, revision, authors.Reader, cancel);
        foreach (var commit in links.Commits)
        {
            authorship[commit.Id] = await authors.OfAsync(commit, cancel);
        }

        return new RepositoryView(name, git, revision, history.Index(revision, links), authors.Policy, authorship, merges, reverts, flags);
    }

    /// <summary>The commit of that history that undid a change's landing and was not undone itself; null when there is none.</summary>
    public CommitId? RevertOf(Change change) => _reverts.Of(change.Landed);

    /// <summary>The feature flags that keep a change off: those its commits name in a trailer, and those of the policy that list it.</summary>
    public IReadOnlyList<string> FlagsOf(Change change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return
        [
            .. _flags.Of(change).Concat(Policy.FeatureFlags.Where(flag => flag.Changes.Any(name => Names(name, change))).Select(flag => flag.Key))
                .Distinct(StringComparer.Ordinal),
        ];
    }

    /// <summary>Who wrote a commit; unknown when it is not in the history.</summary>
    public Authorship AuthorshipOf(CommitId commit) => _authorship.GetValueOrDefault(commit, Authorship.Unknown);

    /// <summary>Who wrote a change: AI if any of its commits is, human only if all are, with every agent named.</summary>
    public Authorship AuthorshipOf(Change change)
    {
        // A merge only brings what its side's commits wrote: its own mark counts, its silence does not.
        var parts = change.Commits
            .Where(commit => change.Commits.Length == 1 || !_merges.Contains(commit) || AuthorshipOf(commit).Kind != AuthorKind.Unknown)
            .Select(AuthorshipOf)
            .ToList();
        return new Authorship(
            KindOf(parts),
            [.. parts.SelectMany(part => part.Agents).Distinct()],
            [.. parts.SelectMany(part => part.Signals).Distinct().Take(MostSignals)],
            parts.Exists(part => part.Basis == AuthorshipBasis.Line) ? AuthorshipBasis.Line : AuthorshipBasis.Commit);
    }

    /// <summary>True when the policy watches changes of this authorship.</summary>
    public bool IsOnProbation(Authorship authorship) => Policy.Probation.Contains(authorship.Kind);

    private static bool Names(string name, Change change) =>
        name == change.Id.Value || (name.Length >= ShortestName && change.Commits.Any(commit => commit.Hex.StartsWith(name, StringComparison.OrdinalIgnoreCase)));

    private static AuthorKind KindOf(List<Authorship> parts) =>
        parts.Exists(part => part.Kind == AuthorKind.Ai) ? AuthorKind.Ai
        : parts.Count > 0 && parts.TrueForAll(part => part.Kind == AuthorKind.Human) ? AuthorKind.Human
        : AuthorKind.Unknown;
}
