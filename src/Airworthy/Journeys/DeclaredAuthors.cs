using System.Collections.Immutable;
using Airworthy.Git;
using Airworthy.Model;
using Airworthy.Policies;
using Airworthy.Provenance;
using Airworthy.Provenance.PullRequests;

namespace Airworthy.Journeys;

/// <summary>Who wrote lines and commits, by their marks and records, and by what a policy declares of those without any.</summary>
/// <param name="reader">Reads the marks and records.</param>
/// <param name="policy">The policy that declares.</param>
public sealed class DeclaredAuthors(AuthorshipReader reader, Policy policy)
{
    private static readonly Signal s_declared =
        new("policy", Policy.FileName.Value, SignalStrength.Proof, "unattributed: human", Agent: null);

    private readonly bool _declaresPerson =
        policy.Unattributed == AuthorKind.Human || policy.UnattributedRules.Any(rule => rule.CountsAs == AuthorKind.Human);

    /// <summary>What is read without the policy.</summary>
    public AuthorshipReader Reader { get; } = reader;

    /// <summary>The authors of a revision's history and files, by its own policy.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="revision">The revision.</param>
    /// <param name="requests">Pull requests as a forge told them; none when it was not asked.</param>
    /// <param name="cancel">Ends the reading.</param>
    /// <exception cref="FaultException">The policy or the history can't be read.</exception>
    public static async Task<DeclaredAuthors> OpenAsync(
        GitRepository repository, CommitId revision, IReadOnlyCollection<PullRequest> requests, CancellationToken cancel)
    {
        var reader = await AuthorshipReader.OpenAsync(repository, cancel);
        reader.LearnPullRequests(revision, requests, cancel);
        return new DeclaredAuthors(reader, await PolicyFile.ReadAsync(repository, revision, cancel));
    }

    /// <summary>Who wrote a commit as a whole.</summary>
    public async Task<Authorship> OfAsync(Commit commit, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(commit);
        return Declared(await Reader.OfAsync(commit, cancel), path: null, commit.CommittedAt);
    }

    /// <summary>Who wrote a commit as a whole.</summary>
    public async Task<Authorship> OfAsync(CommitId id, CancellationToken cancel) =>
        Declared(await Reader.OfAsync(id, cancel), path: null, await Reader.CommittedAtAsync(id, cancel));

    /// <summary>Who wrote the lines of a file: runs that cover it, in order, parted by commit and by who wrote them.</summary>
    public async Task<ImmutableArray<AuthoredRun>> OfFileAsync(FileOrigins file, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(file);
        var runs = ImmutableArray.CreateBuilder<AuthoredRun>(file.Runs.Length);
        foreach (var run in file.Runs)
        {
            runs.AddRange(await OfLinesAsync(file.Path, run, cancel));
        }

        return runs.DrainToImmutable();
    }

    /// <summary>Who wrote lines that stand, or stood, in a file, parted where the answer changes.</summary>
    public async ValueTask<ImmutableArray<AuthoredRun>> OfLinesAsync(RepoPath path, LineRun run, CancellationToken cancel)
    {
        var parts = await Reader.OfLinesAsync(run, cancel);
        if (!_declaresPerson)
        {
            return parts;
        }

        var at = await Reader.CommittedAtAsync(run.Commit, cancel);
        return [.. parts.Select(part => part with { Authorship = Declared(part.Authorship, path, at) })];
    }

    /// <summary>What no one marked is a person's only where the policy vouches for it; a weak mark of an agent is a mark.</summary>
    private Authorship Declared(Authorship authorship, RepoPath? path, DateTimeOffset at) =>
        authorship is { Kind: AuthorKind.Unknown, Signals.IsEmpty: true } && _declaresPerson && policy.UnattributedOf(path, at) == AuthorKind.Human
            ? new Authorship(AuthorKind.Human, [], [s_declared], AuthorshipBasis.Commit)
            : authorship;
}
