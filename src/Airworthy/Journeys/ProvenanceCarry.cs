using System.Collections.Immutable;
using Airworthy.Git;
using Airworthy.Model;
using Airworthy.Provenance;
using Airworthy.Provenance.Carrying;

namespace Airworthy.Journeys;

/// <summary>Carries authorship over what a server squashed or rebased: <c>airworthy provenance carry</c>.</summary>
public static class ProvenanceCarry
{
    private const int MostCommits = 2_000;

    // Where forges publish the head of a request, as it is fetched.
    private static readonly string[] s_heads =
        ["refs/pull/{0}/head", "refs/merge-requests/{0}/head", "refs/remotes/origin/pull/{0}/head", "refs/remotes/origin/pull/{0}", "refs/remotes/origin/pr/{0}"];

    /// <summary>Carries from the commits of a range to those that landed.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="from"><c>A..B</c>: the branch's commits.</param>
    /// <param name="to">The landed commit, or <c>A..B</c> for those of a rebase.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <exception cref="CarryException">A range is empty or too long.</exception>
    public static async Task<LandedCarry> OfRangeAsync(GitRepository repository, string from, string to, TimeProvider time, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(repository);
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        if (!from.Contains("..", StringComparison.Ordinal))
        {
            throw new CarryException(Fault.Usage, $"--from '{from}' is not a range; give A..B, the commits of the branch");
        }

        ImmutableArray<CommitId> landed = to.Contains("..", StringComparison.Ordinal)
            ? await CommitsAsync(repository, to, cancel)
            : [await repository.ResolveAsync(to, cancel)];
        return await LandedCarry.WriteAsync(repository, await CommitsAsync(repository, from, cancel), landed, time, cancel);
    }

    /// <summary>Carries from the fetched head of a pull or merge request to the commits that landed it.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="number">The request's number.</param>
    /// <param name="to">What landed it; null to take what says so in the history of HEAD.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <returns>What was carried; null when the request was merged as it was, so that its commits are in the history with their notes.</returns>
    /// <exception cref="CarryException">The request's head was not fetched, or nothing says that it landed.</exception>
    public static async Task<LandedCarry?> OfPullRequestAsync(GitRepository repository, int number, string? to, TimeProvider time, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(repository);
        var head = await HeadAsync(repository, number, cancel);
        var landed = to is null ? await LandedAsync(repository, number, cancel) : [await repository.ResolveAsync(to, cancel)];
        if (await repository.IsAncestorAsync(head, landed[^1], cancel))
        {
            return null;
        }

        var first = await repository.CommitAsync(landed[0], cancel);
        var range = first.Parents.IsEmpty ? head.Hex : $"{first.Parents[0].Hex}..{head.Hex}";
        return await LandedCarry.WriteAsync(repository, await CommitsAsync(repository, range, cancel), landed, time, cancel);
    }

    private static async Task<CommitId> HeadAsync(GitRepository repository, int number, CancellationToken cancel)
    {
        foreach (var name in s_heads)
        {
            if (await repository.TryResolveAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, name, number), cancel) is { } head)
            {
                return head;
            }
        }

        throw new CarryException(
            Fault.Usage,
            FormattableString.Invariant(
                $"the head of request {number} is not in '{repository.Name}'; fetch it with 'git fetch origin refs/pull/{number}/head:refs/pull/{number}/head' (GitLab: refs/merge-requests/{number}/head)"));
    }

    /// <summary>The commits of the first-parent line that say they landed the request, the oldest first.</summary>
    private static async Task<ImmutableArray<CommitId>> LandedAsync(GitRepository repository, int number, CancellationToken cancel)
    {
        var index = await ChangeIndex.ReadAsync(repository, await repository.ResolveAsync("HEAD", cancel), records: null, cancel);
        var line = (await repository.FirstParentLineAsync(await repository.ResolveAsync("HEAD", cancel), cancel)).ToHashSet();
        var change = index.Changes.Where(change => change.PullRequest == number).ToList();
        return change switch
        {
            [var only] => [.. only.Commits.Where(line.Contains)],
            [] => throw new CarryException(
                Fault.Usage, FormattableString.Invariant($"no commit in the history of HEAD says that it landed request {number}; name it with --to")),
            _ => throw new CarryException(
                Fault.Usage,
                FormattableString.Invariant($"several commits name request {number}: {string.Join(", ", change.Take(5).Select(each => each.Landed.Short))}; name the one that landed it with --to")),
        };
    }

    private static async Task<ImmutableArray<CommitId>> CommitsAsync(GitRepository repository, string range, CancellationToken cancel)
    {
        var commits = new List<CommitId>();
        await foreach (var commit in repository.HistoryAsync(range, cancel))
        {
            commits.Add(commit.Id);
            if (commits.Count > MostCommits)
            {
                throw new CarryException(Fault.Usage, $"'{range}' has more than {MostCommits} commits; give the range of one branch");
            }
        }

        commits.Reverse();
        return [.. commits];
    }
}
