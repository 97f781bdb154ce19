using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Airworthy.Model;

namespace Airworthy.Provenance;

/// <summary>Commits that records follow through amends and rebases: all those of one logical commit are the same work.</summary>
internal sealed class Rewritings
{
    private readonly Dictionary<CommitId, CommitId> _logical = [];
    private readonly Dictionary<CommitId, List<CommitId>> _same = [];

    /// <summary>Asks of each commit whether a record says that it is a rewriting.</summary>
    public static async Task<Rewritings> ReadAsync(AuthorshipReader? records, IEnumerable<CommitId> commits, CancellationToken cancel)
    {
        var read = new Rewritings();
        if (records is not { Records.IsEmpty: false })
        {
            return read;
        }

        foreach (var commit in commits)
        {
            if (await records.LogicalCommitAsync(commit, cancel) is { } logical)
            {
                read._logical[commit] = logical;
                (CollectionsMarshal.GetValueRefOrAddDefault(read._same, logical, out _) ??= [logical]).Add(commit);
            }
        }

        return read;
    }

    /// <summary>The commits of one logical commit, in groups of two and more, among those that <paramref name="holds"/> says yes to.</summary>
    public IEnumerable<ImmutableArray<CommitId>> Groups(Func<CommitId, bool> holds) =>
        from same in _same.Values
        let held = same.Where(holds).ToImmutableArray()
        where held.Length > 1
        select held;

    /// <summary>The other commits of the same logical commit.</summary>
    public IEnumerable<CommitId> Of(CommitId commit) =>
        _same.TryGetValue(_logical.GetValueOrDefault(commit, commit), out var same) ? same.Where(other => other != commit) : [];
}
