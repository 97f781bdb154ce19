using Airworthy.Git;
using Airworthy.Model;

namespace Airworthy.Provenance.Records;

/// <summary>Agent Trace records (0.1) where their reference implementation keeps them: a log of edits in the tree of HEAD.</summary>
internal sealed class AgentTraceSource : IRecordSource
{
    /// <summary>The log: one record a line.</summary>
    public static RepoPath Log { get; } = new(".agent-trace/traces.jsonl");

    private const long LargestLog = 64 << 20;

    public async Task<ICommitRecords?> OpenAsync(GitRepository repository, RecordRefs refs, CancellationToken cancel) =>
        await repository.TryResolveAsync("HEAD", cancel) is { } head && await repository.ReadAsync(head, Log, LargestLog, cancel) is { } log
            ? new AgentTraceRecords(repository, head, AgentTraceLog.Read(log))
            : null;
}
