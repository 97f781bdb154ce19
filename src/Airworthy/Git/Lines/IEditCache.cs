using Airworthy.Model;

namespace Airworthy.Git.Lines;

/// <summary>Keeps what commits did from one run to the next. It may hold less than it was given, never anything else.</summary>
internal interface IEditCache : IAsyncDisposable
{
    /// <summary>All that is kept, by commit; the caller's own. Empty when nothing is, or it can't be read.</summary>
    Dictionary<CommitId, StoredEdits> Read();

    /// <summary>Keeps more, in the background; ends by the time the cache is disposed.</summary>
    /// <param name="fresh">What is not kept yet.</param>
    /// <param name="unreachable">Commits that nothing in the repository leads to any more.</param>
    void Write(IReadOnlyList<(CommitEdits Edits, int Parents)> fresh, IReadOnlyList<CommitId> unreachable);
}
