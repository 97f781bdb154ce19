using Airworthy.Journeys.Probation;
using Airworthy.Journeys.Repositories;
using Airworthy.Model;
using Airworthy.Probation;
using Airworthy.Telemetry;

namespace Airworthy.Journeys.Flags;

/// <summary>
/// Knows the flags of all repositories' policies and which answer off. What is off: a flag that keeps off a suspect change, as its policy says, when a person
/// calls it suspect or the evidence holds over the fleet. Looked up anew once a second at most: flags are asked far more often than anything turns.
/// </summary>
public sealed class FlagBook(IServiceRegistry registry, RepositoryIndexer indexer, IChangeLedger ledger, Decisions decisions, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan s_holds = TimeSpan.FromSeconds(1);
    private const int MostChanges = 100_000;

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Dictionary<string, (CommitId Tip, ILookup<string, ChangeId> ByFlag)> _governed = new(StringComparer.Ordinal);
    private volatile Page? _page;

    /// <summary>All flags, by key; of two repositories with one key, the first by name answers.</summary>
    public async Task<IReadOnlyDictionary<string, KnownFlag>> FlagsAsync(CancellationToken cancel)
    {
        if (_page is { } page && page.Until > time.GetUtcNow())
        {
            return page.Flags;
        }

        await _turn.WaitAsync(cancel);
        try
        {
            if (_page is { } other && other.Until > time.GetUtcNow())
            {
                return other.Flags;
            }

            var flags = await ReadAsync(cancel);
            _page = new Page(flags, time.GetUtcNow() + s_holds);
            return flags;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task<Dictionary<string, KnownFlag>> ReadAsync(CancellationToken cancel)
    {
        var off = (await ledger.SwitchedOffAsync(cancel)).ToDictionary(one => (one.Repository, one.Change), one => one.Reason);
        var flags = new Dictionary<string, KnownFlag>(StringComparer.Ordinal);
        foreach (var repository in (await registry.RepositoriesAsync(cancel)).OrderBy(one => one.Name, StringComparer.Ordinal))
        {
            if (indexer.AtTip(repository.Name) is not { Policy.FeatureFlags: { IsEmpty: false } declared } view)
            {
                continue;
            }

            var byFlag = await GovernedAsync(view, cancel);
            var decided = await decisions.InForceAsync(view.Name, cancel);
            foreach (var flag in declared)
            {
                var changes = new List<(ChangeId Id, ChangeState State)>();
                var offBy = new List<(ChangeId Id, string Reason)>();
                foreach (var id in byFlag[flag.Key])
                {
                    if (await ledger.GetAsync(view.Name, id, cancel) is { } tracked)
                    {
                        changes.Add((id, tracked.State));
                        var reason = tracked.State != ChangeState.Suspect || !flag.TurnsOff ? null
                            : decided.TryGetValue(id, out var word) && word.State == ChangeState.Suspect ? $"{word.By} called {id} suspect: {word.Reason}"
                            : off.TryGetValue((view.Name, id), out var fleet) ? $"{id} is suspect. {fleet}"
                            : null;
                        if (reason is not null)
                        {
                            offBy.Add((id, reason));
                        }
                    }
                }

                flags.TryAdd(flag.Key, new KnownFlag(view.Name, flag, changes, offBy));
            }
        }

        return flags;
    }

    /// <summary>The tracked changes that each flag keeps off; sought anew when the repository advanced.</summary>
    private async Task<ILookup<string, ChangeId>> GovernedAsync(RepositoryView view, CancellationToken cancel)
    {
        if (_governed.TryGetValue(view.Name, out var known) && known.Tip == view.Revision)
        {
            return known.ByFlag;
        }

        var tracked = await ledger.ListAsync(view.Name, state: null, MostChanges, cancel);
        var byFlag = tracked.SelectMany(change => view.FlagsOf(change.Change).Select(flag => (flag, change.Change.Id))).ToLookup(one => one.flag, one => one.Id, StringComparer.Ordinal);
        _governed[view.Name] = (view.Revision, byFlag);
        return byFlag;
    }

    private sealed record Page(IReadOnlyDictionary<string, KnownFlag> Flags, DateTimeOffset Until);
}
