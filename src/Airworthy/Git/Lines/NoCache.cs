using Airworthy.Model;

namespace Airworthy.Git.Lines;

/// <summary>Keeps nothing.</summary>
internal sealed class NoCache : IEditCache
{
    public Task<Dictionary<CommitId, CommitEdits>> ReadAsync(CancellationToken cancel) => Task.FromResult(new Dictionary<CommitId, CommitEdits>());
}
