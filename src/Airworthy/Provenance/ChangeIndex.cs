using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Airworthy.Git;
using Airworthy.Model;

namespace Airworthy.Provenance;

/// <summary>
/// Maps every commit of a revision's history to the change that brought it to the main line, which is the revision's first-parent line.
/// How commits are gathered into changes: docs/design/changes.md.
/// </summary>
public sealed class ChangeIndex
{
    private readonly FrozenDictionary<CommitId, Change> _byCommit;

    internal ChangeIndex(ImmutableArray<Change> changes)
    {
        Changes = changes;
        _byCommit = changes.SelectMany(change => change.Commits.Select(commit => KeyValuePair.Create(commit, change))).ToFrozenDictionary();
    }

    /// <summary>All changes, the latest to land first.</summary>
    public ImmutableArray<Change> Changes { get; }

    /// <summary>Reads the history of <paramref name="tip"/>.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="tip">The revision whose first-parent line is the main line.</param>
    /// <param name="records">Tells which commits are rewritings of others; null when that is not asked.</param>
    /// <param name="cancel">Ends the reading.</param>
    public static async Task<ChangeIndex> ReadAsync(GitRepository repository, CommitId tip, AuthorshipReader? records, CancellationToken cancel)
    {
        var history = new ChangeHistory();
        await foreach (var commit in repository.HistoryAsync(tip.Hex, cancel))
        {
            history.Add(commit);
        }

        return history.Index(tip, await ChangeLinks.WithinAsync(repository, history, records, cancel));
    }

    /// <summary>The change that owns a commit; null when the commit is not in the history read.</summary>
    public Change? Of(CommitId commit) => _byCommit.GetValueOrDefault(commit);

    /// <summary>
    /// The id of the change that <paramref name="landed"/> brought: the first twelve digits of a digest of its name, after a letter, so
    /// that it is never mistaken for a commit.
    /// </summary>
    public static ChangeId IdOf(CommitId landed) =>
        new($"c{Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(landed.Hex)))[..12]}");
}
