using System.Collections.Frozen;
using System.Collections.Immutable;
using Airworthy.Git;
using Airworthy.Model;

namespace Airworthy.Provenance;

/// <summary>
/// Commits that carry the same work though nothing in the graph ties them: one that was picked or rebased without a word, and the commits of
/// branches that a server squashed, which live on in other refs. Content decides; author, date and subject, or a request's number, only say
/// whom to compare. See docs/design/changes.md.
/// </summary>
public sealed class ChangeLinks
{
    /// <summary>How much of two patches must be the same when something else says that they belong together.</summary>
    public const double LikeEnough = 0.5;

    private const int MostCompared = 5_000;

    internal ChangeLinks(
        IReadOnlyDictionary<CommitId, CommitId> twins, IReadOnlyDictionary<CommitId, CommitId> landed, ImmutableArray<Commit> commits)
    {
        Twins = twins;
        Landed = landed;
        Commits = commits;
    }

    /// <summary>No links at all.</summary>
    public static ChangeLinks None { get; } =
        new(FrozenDictionary<CommitId, CommitId>.Empty, FrozenDictionary<CommitId, CommitId>.Empty, []);

    /// <summary>Commits of other refs that belong to a change.</summary>
    public ImmutableArray<Commit> Commits { get; }

    /// <summary>Commits of the history that do the same, each with one of them that stands for all.</summary>
    internal IReadOnlyDictionary<CommitId, CommitId> Twins { get; }

    /// <summary>Commits of other refs, each with the commit of the history that landed what it did.</summary>
    internal IReadOnlyDictionary<CommitId, CommitId> Landed { get; }

    /// <summary>Finds twins within the history read: as many patches are compared as have the same author, date and subject.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="history">The history read.</param>
    /// <param name="records">Tells which commits are rewritings of others; null when that is not asked.</param>
    /// <param name="cancel">Ends the reading.</param>
    public static async Task<ChangeLinks> WithinAsync(
        GitRepository repository, ChangeHistory history, AuthorshipReader? records, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(repository);
        ArgumentNullException.ThrowIfNull(history);
        var rewritings = await Rewritings.ReadAsync(records, history.Commits, cancel);
        return new ChangeLinks(await TwinsAsync(repository, history, rewritings, cancel), FrozenDictionary<CommitId, CommitId>.Empty, []);
    }

    /// <summary>Finds twins, and in all other refs (branches, release branches, fetched heads of requests) what the history landed.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="history">The history read.</param>
    /// <param name="tip">Its tip.</param>
    /// <param name="records">Tells which commits are rewritings of others; null when that is not asked.</param>
    /// <param name="cancel">Ends the reading.</param>
    public static async Task<ChangeLinks> AcrossRefsAsync(
        GitRepository repository, ChangeHistory history, CommitId tip, AuthorshipReader? records, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(repository);
        ArgumentNullException.ThrowIfNull(history);
        var branches = await UnmergedBranches.ReadAsync(repository, tip, cancel);
        var rewritings = await Rewritings.ReadAsync(records, history.Commits, cancel);
        var twins = await TwinsAsync(repository, history, rewritings, cancel);
        var landed = await new LandedBranches(repository, history, branches, rewritings, tip).FindAsync(cancel);
        return new ChangeLinks(twins, landed, [.. branches.Commits.Values.Where(commit => landed.ContainsKey(commit.Id))]);
    }

    private static async Task<Dictionary<CommitId, CommitId>> TwinsAsync(
        GitRepository repository, ChangeHistory history, Rewritings rewritings, CancellationToken cancel)
    {
        var groups = history.LookAlikes().ToList();
        var patches = groups.SelectMany(group => group).Take(MostCompared).Select(history.PatchOf).ToList();
        var digests = await LandedBranches.DigestsAsync(repository, patches, cancel);
        var twins = new Dictionary<CommitId, CommitId>();
        foreach (var group in groups)
        {
            var first = group[0];
            foreach (var other in group.Skip(1))
            {
                if (digests.TryGetValue(first, out var one) && digests.TryGetValue(other, out var two) && IsSame(one, two))
                {
                    twins[first] = first;
                    twins[other] = first;
                }
            }
        }

        foreach (var same in rewritings.Groups(history.Holds))
        {
            // They may stand in several groups already: all of those are one.
            var known = same.Select(commit => twins.GetValueOrDefault(commit, commit)).ToHashSet();
            var first = twins.GetValueOrDefault(same[0], same[0]);
            foreach (var commit in same.Concat(twins.Where(twin => known.Contains(twin.Value)).Select(twin => twin.Key)).ToList())
            {
                twins[commit] = first;
            }
        }

        return twins;
    }

    /// <summary>True for two patches of the same author, date and subject that do the same, but for what a conflict changed.</summary>
    internal static bool IsSame(PatchDigest one, PatchDigest two) => !one.IsEmpty && (one.Id == two.Id || one.Likeness(two) >= LikeEnough);
}
