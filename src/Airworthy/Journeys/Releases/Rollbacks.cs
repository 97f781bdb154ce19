using System.Globalization;
using Airworthy.Git;
using Airworthy.Journeys.Production;
using Airworthy.Journeys.Repositories;
using Airworthy.Model;
using Airworthy.Probation;
using Airworthy.Telemetry.Releases;

namespace Airworthy.Journeys.Releases;

/// <summary>
/// Draws the consequences of a rollback: somebody found the version so bad that it had to go, so the changes that only it had become suspect. Waits
/// until both versions are known; the answer is stored last, and each step bears being repeated.
/// </summary>
public sealed class Rollbacks(
    IReleaseStore releases, RunningRevisions revisions, RepositoryIndexer indexer, IChangeLedger ledger, ServerNews news, TimeProvider time)
{
    private const int AtOnce = 100;
    private const int MostReleases = 1_000;
    private const int MostChanges = 100_000;

    /// <summary>Tries every rollback that is open once.</summary>
    public async Task AnswerAsync(CancellationToken cancel)
    {
        foreach (var (id, rollback) in (await releases.OpenRollbacksAsync(AtOnce, cancel)).Select(open => (open.Id, open.Release)))
        {
            try
            {
                if (await AnswerAsync(rollback, cancel))
                {
                    await releases.CloseAsync(id, cancel);
                }
            }
            catch (GitException)
            {
                // The repository can't be read now, which its page tells; the rollback keeps waiting.
            }
        }
    }

    /// <summary>True when nothing more is to come of it.</summary>
    private async Task<bool> AnswerAsync(Release rollback, CancellationToken cancel)
    {
        var before = (await releases.ListAsync(rollback.Service, MostReleases, cancel))
            .Where(release => release.At < rollback.At && release.Version != ReportedVersion.None
                && string.Equals(release.Environment, rollback.Environment, StringComparison.Ordinal))
            .ToList();

        // Where deployments are told, telemetry only tells them once more, and may name them otherwise.
        var told = before.Where(release => release.Kind is ReleaseKind.Deployed or ReleaseKind.RolledBack).ToList();
        var ran = told.Count > 0 ? told : [.. before.Where(release => release.Kind == ReleaseKind.FirstSeen)];
        var good = rollback.Version == ReportedVersion.None ? null : await KnownAsync(rollback.Service, rollback.Version, cancel);
        // The version that was taken back, then, where the rollback does not tell it, the one before.
        var found = new List<ResolvedVersion>();
        foreach (var release in ran)
        {
            if (await KnownAsync(rollback.Service, release.Version, cancel) is not { } version)
            {
                // What ran is not known yet; its commit may still come.
                return false;
            }

            if (version.Revision.Commit != good?.Revision.Commit && found.TrueForAll(known => known.Revision.Commit != version.Revision.Commit))
            {
                found.Add(version);
            }

            if (found.Count == (good is null ? 2 : 1))
            {
                break;
            }
        }

        var bad = found.FirstOrDefault();
        good ??= found.ElementAtOrDefault(1);
        if (good is null || bad is null || !string.Equals(good.Repository, bad.Repository, StringComparison.Ordinal) || indexer.AtTip(bad.Repository) is not { } view)
        {
            return false;
        }

        await SuspectAsync(view, rollback, good.Revision.Commit!.Value, bad, cancel);
        return true;
    }

    private async Task SuspectAsync(RepositoryView view, Release rollback, CommitId good, ResolvedVersion bad, CancellationToken cancel)
    {
        var revision = bad.Revision.Commit!.Value;
        var only = new HashSet<CommitId>();
        await foreach (var commit in bad.Git.HistoryAsync(revision.Hex, cancel))
        {
            only.Add(commit.Id);
        }

        await foreach (var commit in bad.Git.HistoryAsync(good.Hex, cancel))
        {
            only.Remove(commit.Id);
        }

        var decided = (await ledger.DecisionsAsync(cancel))
            .Where(decision => string.Equals(decision.Repository, view.Name, StringComparison.Ordinal) && decision.Decision.At >= rollback.At)
            .Select(decision => decision.Decision.Change)
            .ToHashSet();
        var changes = (await ledger.ListAsync(view.Name, state: null, MostChanges, cancel)).Where(change => change.Change.Commits.Any(only.Contains)).ToList();
        var where = Words.Place(rollback.Service, rollback.Environment);
        var reason = string.Create(
            CultureInfo.InvariantCulture,
            $"Rolled back at {rollback.At.UtcDateTime:yyyy-MM-dd HH:mm}Z: {where} went from {revision.Short} back to {good.Short}; {(changes.Count == 1 ? "only this change was" : $"{changes.Count:N0} watched changes were")} in the one and not in the other.");
        foreach (var change in changes.Where(change => change.State is ChangeState.Experimental or ChangeState.Proven && !decided.Contains(change.Change.Id)))
        {
            var step = new Transition(change.Change.Id, change.State, ChangeState.Suspect, time.GetUtcNow(), reason, Incident: null, view.Policy.Digest);
            if (await ledger.MoveAsync(view.Name, step, cancel))
            {
                news.Tell(new ServerEvent("change", $"{view.Name}/{change.Change.Id}"));
            }
        }
    }

    private async Task<ResolvedVersion?> KnownAsync(string service, ReportedVersion version, CancellationToken cancel) =>
        await revisions.OfAsync(service, version, cancel) is { Revision: { Commit: not null, Degraded: false } } known ? known : null;
}
