using Airworthy.Git;
using Airworthy.Model;
using Airworthy.Policies;
using Airworthy.Provenance;

namespace Airworthy.Journeys.Repositories;

/// <summary>A repository as seen from one revision: its changes, who wrote them, and its policy.</summary>
/// <param name="Name">The repository's name.</param>
/// <param name="Git">The repository, open.</param>
/// <param name="Revision">The revision seen from.</param>
/// <param name="Changes">Every commit of that history, by the change that owns it.</param>
/// <param name="Authors">Who wrote each commit and line.</param>
/// <param name="Policy">The policy in the tree of that revision, else the default one.</param>
public sealed record RepositoryView(
    string Name, GitRepository Git, CommitId Revision, ChangeIndex Changes, AuthorshipReader Authors, Policy Policy)
{
    private const long LargestPolicy = 1024 * 1024;
    private const int MostSignals = 50;

    /// <summary>Reads a repository at a revision.</summary>
    /// <exception cref="FaultException">It, or its policy, can't be read.</exception>
    public static async Task<RepositoryView> ReadAsync(string name, GitRepository git, CommitId revision, CancellationToken cancel) => new(
        name,
        git,
        revision,
        await ChangeIndex.ReadAsync(git, revision, cancel),
        await AuthorshipReader.OpenAsync(git, cancel),
        await git.ReadAsync(revision, Policy.FileName, LargestPolicy, cancel) is { } text ? PolicyReader.Read(text) : Policy.Default);

    /// <summary>Who wrote a change: AI if any of its commits is, human only if all are, with every agent named.</summary>
    public async Task<Authorship> AuthorshipOfAsync(Change change, CancellationToken cancel)
    {
        var parts = new List<Authorship>();
        foreach (var id in change.Commits)
        {
            var commit = await Git.CommitAsync(id, cancel);

            // A merge only brings what its side's commits wrote; its own mark counts, its silence does not.
            var part = await Authors.OfAsync(commit, cancel);
            if (commit.Parents.Length < 2 || part.Kind != AuthorKind.Unknown || change.Commits.Length == 1)
            {
                parts.Add(part);
            }
        }

        return new Authorship(
            KindOf(parts),
            [.. parts.SelectMany(part => part.Agents).Distinct()],
            [.. parts.SelectMany(part => part.Signals).Distinct().Take(MostSignals)],
            parts.Exists(part => part.Basis == AuthorshipBasis.Line) ? AuthorshipBasis.Line : AuthorshipBasis.Commit);
    }

    /// <summary>True when the policy watches changes of this authorship; one without a mark counts as the policy declares.</summary>
    public bool IsOnProbation(Authorship authorship) =>
        Policy.Probation.Contains(authorship.Kind == AuthorKind.Unknown ? Policy.Unattributed : authorship.Kind);

    private static AuthorKind KindOf(List<Authorship> parts) =>
        parts.Exists(part => part.Kind == AuthorKind.Ai) ? AuthorKind.Ai
        : parts.Count > 0 && parts.TrueForAll(part => part.Kind == AuthorKind.Human) ? AuthorKind.Human
        : AuthorKind.Unknown;
}
