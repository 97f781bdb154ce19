using System.Collections.Immutable;
using Airworthy.Git;
using Airworthy.Model;

namespace Airworthy.Provenance.Records;

/// <summary>The Agent Trace records of one repository, each tied to the commit that its lines reached history by.</summary>
internal sealed class AgentTraceRecords(GitRepository repository, CommitId head, AgentTraceLog log) : ICommitRecords
{
    private TracePlaces? _places;

    public string Source => AgentTraceSource.Log.Value;

    public int Count => log.Records;

    public int Unplaced => log.Malformed + (_places?.Unplaced ?? 0);

    public async ValueTask<CommitRecord?> OfAsync(Commit commit, ImmutableArray<Signal> own, CancellationToken cancel)
    {
        // Worked out once, for all commits: a record does not name the commit that it came into.
        _places ??= await TracePlaces.FindAsync(repository, head, log.Edits, cancel);
        return _places.Lines.TryGetValue(commit.Id, out var files) | _places.Whole.TryGetValue(commit.Id, out var touched)
            ? new CommitRecord("trace", Source, files ?? AttestedFiles.None)
            {
                Signals = [.. (touched ?? []).Select(agent => new Signal("trace", Source, SignalStrength.Weak, "no lines told", agent))],
            }
            : null;
    }

    public ValueTask<IEnumerable<Prompt>> PromptsAsync(Commit commit, ImmutableArray<Signal> own, CancellationToken cancel) => new([]);
}
