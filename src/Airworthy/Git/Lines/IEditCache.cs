using Airworthy.Model;

namespace Airworthy.Git.Lines;

/// <summary>Keeps what commits did, from one run to the next. What it holds is never wrong, only more or less.</summary>
internal interface IEditCache
{
    /// <summary>All that is kept, by commit; the caller's own.</summary>
    Task<Dictionary<CommitId, CommitEdits>> ReadAsync(CancellationToken cancel);
}
