using System.Collections.Immutable;
using Airworthy.Git;
using Airworthy.Model;
using Airworthy.Policies;
using Airworthy.Provenance;
using Airworthy.Provenance.PullRequests;

namespace Airworthy.Journeys;

/// <summary>
/// Who wrote lines and commits, by their marks and records, by what pull requests tell, and by what a policy declares of those without any:
/// the one answer that every verb and the server give.
/// </summary>
public sealed class DeclaredAuthors
{
    private static readonly Signal s_declared =
        new("policy", Policy.FileName.Value, SignalStrength.Proof, "unattributed: human", Agent: null);

    private readonly GitRepository _repository;
    private readonly bool _declaresPerson;
    private readonly bool _asksPaths;

    private DeclaredAuthors(GitRepository repository, AuthorshipReader reader, Policy policy)
    {
        (_repository, Reader, Policy) = (repository, reader, policy);
        _declaresPerson = policy.Unattributed == AuthorKind.Human || policy.UnattributedRules.Any(rule => rule.CountsAs == AuthorKind.Human);
        _asksPaths = policy.UnattributedRules.Any(rule => !rule.Paths.IsEmpty);
    }

    /// <summary>What is read without the policy.</summary>
    public AuthorshipReader Reader { get; }

    /// <summary>The policy that declares.</summary>
    public Policy Policy { get; }

    /// <summary>The authors of a revision's history and files, by its own policy.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="revision">The revision.</param>
    /// <param name="requests">Pull requests as a forge told them; none when it was not asked.</param>
    /// <param name="cancel">Ends the reading.</param>
    /// <exception cref="FaultException">The policy or the history can't be read.</exception>
    public static async Task<DeclaredAuthors> OpenAsync(
        GitRepository repository, CommitId revision, IReadOnlyCollection<PullRequest> requests, CancellationToken cancel)
    {
        var policy = PolicyFile.ReadAsync(repository, revision, cancel);
        var reader = await AuthorshipReader.OpenAsync(repository, revision, requests, cancel);
        return new DeclaredAuthors(repository, reader, await policy);
    }

    /// <summary>The same by <paramref name="policy"/>, where another revision's rules.</summary>
    public static async Task<DeclaredAuthors> OpenAsync(
        GitRepository repository, CommitId revision, Policy policy, IReadOnlyCollection<PullRequest> requests, CancellationToken cancel) =>
        new(repository, await AuthorshipReader.OpenAsync(repository, revision, requests, cancel), policy);

    /// <summary>Who wrote a commit as a whole. A rule with paths reaches it when the policy counts every file it changed as a person's.</summary>
    public async Task<Authorship> OfAsync(Commit commit, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(commit);
        var authorship = await Reader.OfAsync(commit, cancel);
        return IsUnmarked(authorship) && await IsPersonsAsync(commit, cancel) ? Person() : authorship;
    }

    /// <summary>Who wrote a commit as a whole.</summary>
    public async Task<Authorship> OfAsync(CommitId id, CancellationToken cancel)
    {
        var authorship = await Reader.OfAsync(id, cancel);
        return IsUnmarked(authorship) && await IsPersonsAsync(await _repository.CommitAsync(id, cancel), cancel) ? Person() : authorship;
    }

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

    /// <summary>Who wrote the lines of <paramref name="run"/>, parted where the answer changes; a rule's paths are held against <paramref name="path"/>.</summary>
    public async ValueTask<ImmutableArray<AuthoredRun>> OfLinesAsync(RepoPath path, LineRun run, CancellationToken cancel)
    {
        var runs = await Reader.OfLinesAsync(run, cancel);
        if (!_declaresPerson || !runs.Any(part => IsUnmarked(part.Authorship))
            || Policy.UnattributedOf(path, await Reader.CommittedAtAsync(run.Commit, cancel)) != AuthorKind.Human)
        {
            return runs;
        }

        return [.. runs.Select(part => IsUnmarked(part.Authorship) ? part with { Authorship = Person() } : part)];
    }

    // A weak mark of an agent is a mark.
    private bool IsUnmarked(Authorship authorship) => _declaresPerson && authorship is { Kind: AuthorKind.Unknown, Signals.IsEmpty: true };

    private async Task<bool> IsPersonsAsync(Commit commit, CancellationToken cancel)
    {
        // What a merge brings was written by others, so no path is its own.
        if (!_asksPaths || commit.Parents.Length > 1)
        {
            return Policy.UnattributedOf(path: null, commit.CommittedAt) == AuthorKind.Human;
        }

        var paths = await _repository.ChangesAsync(commit.Id, commit.Parents.IsEmpty ? null : commit.Parents[0], cancel)
            .SelectMany(file => new[] { file.OldPath, file.NewPath }.OfType<RepoPath>())
            .Distinct()
            .ToListAsync(cancel);
        return paths.Count == 0
            ? Policy.UnattributedOf(path: null, commit.CommittedAt) == AuthorKind.Human
            : paths.TrueForAll(path => Policy.UnattributedOf(path, commit.CommittedAt) == AuthorKind.Human);
    }

    private static Authorship Person() => new(AuthorKind.Human, [], [s_declared], AuthorshipBasis.Commit);
}
