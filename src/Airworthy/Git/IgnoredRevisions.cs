using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using Airworthy.Model;

namespace Airworthy.Git;

/// <summary>
/// The commits that line history looks through, as if their lines were still the ones before: those that <c>.git-blame-ignore-revs</c> of the
/// revision names, and those the user names.
/// </summary>
internal sealed class IgnoredRevisions(GitRepository repository)
{
    private const int Most = 10_000;

    private readonly ConcurrentDictionary<CommitId, Lazy<Task<ImmutableArray<CommitId>>>> _known = new();
    private ImmutableArray<CommitId> _chosen = [];

    /// <summary>Adds commits that the user names. Before the first question.</summary>
    public void Add(IEnumerable<CommitId> commits) => _chosen = [.. _chosen, .. commits];

    /// <summary>The commits looked through in the history of <paramref name="revision"/>. What is in the list and no commit here is passed over.</summary>
    public Task<ImmutableArray<CommitId>> AtAsync(CommitId revision) =>
        _known.GetOrAdd(revision, r => new Lazy<Task<ImmutableArray<CommitId>>>(() => ReadAsync(r))).Value;

    private async Task<ImmutableArray<CommitId>> ReadAsync(CommitId revision)
    {
        byte[]? bytes;
        try
        {
            bytes = await repository.ReadAsync(revision, new RepoPath(".git-blame-ignore-revs"), 1024 * 1024, CancellationToken.None);
        }
        catch (GitException)
        {
            return _chosen;
        }

        var commits = _chosen.ToBuilder();
        foreach (var line in Encoding.UTF8.GetString(bytes ?? []).Split('\n').Take(Most))
        {
            var text = line.AsSpan();
            text = (text.IndexOf('#') is var comment and >= 0 ? text[..comment] : text).Trim();
            if (CommitId.TryParse(text, out var id) && await repository.HoldsAsync(id, CancellationToken.None))
            {
                commits.Add(id);
            }
        }

        return [.. commits.Distinct()];
    }
}
