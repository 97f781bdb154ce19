using System.Globalization;
using Airworthy.Code;
using Airworthy.Incidents;
using Airworthy.Journeys.Production;
using Airworthy.Model;
using Airworthy.Probation;
using Airworthy.Telemetry.Releases;

namespace Airworthy.Journeys.Intake;

/// <summary>What else was seen of a service about the time of an incident: the release before, exceptions, changes that production turned against.</summary>
public sealed class IncidentContext(IIncidentStore incidents, IReleaseStore releases, IChangeLedger ledger, RunningRevisions revisions)
{
    private const int MostIncidents = 1000;
    private const int MostReleases = 200;
    private const int MostChanges = 1000;

    /// <summary>How far apart an alert and what caused it are seen: alerts wait for their threshold.</summary>
    private static readonly TimeSpan s_about = TimeSpan.FromMinutes(30);

    /// <summary>The revision that ran before the one that failed, by the releases that were told; null when none was.</summary>
    public async Task<CommitId?> ReleaseBeforeAsync(Incident incident, ResolvedVersion running, CancellationToken cancel)
    {
        var before = (await releases.ListAsync(incident.Service, MostReleases, cancel))
            .Where(release => release.At <= incident.FirstSeen && release.Kind is ReleaseKind.Deployed or ReleaseKind.RolledBack
                && string.Equals(release.Environment, incident.Environment, StringComparison.Ordinal) && release.Version != ReportedVersion.None);
        var ran = false;
        foreach (var release in before)
        {
            if (await revisions.OfAsync(incident.Service, release.Version, cancel) is not { Revision: { Degraded: false, Commit: { } commit } } told
                || !string.Equals(told.Repository, running.Repository, StringComparison.Ordinal))
            {
                continue;
            }

            if (commit == running.Revision.Commit)
            {
                ran = true;
            }
            else if (ran)
            {
                return commit;
            }
        }

        return null;
    }

    /// <summary>The exception of the same service about the same time that an alert without a stack most likely tells of: the most frequent; null when none was seen.</summary>
    public async Task<(Incident Incident, StackTrace Trace)?> JoinAsync(Incident alert, CancellationToken cancel)
    {
        var near = (await incidents.ListAsync(MostIncidents, cancel))
            .Where(other => other.Id != alert.Id && string.Equals(other.Service, alert.Service, StringComparison.Ordinal)
                && (alert.Environment.Length == 0 || other.Environment.Length == 0 || string.Equals(other.Environment, alert.Environment, StringComparison.Ordinal))
                && other.FirstSeen <= alert.LastSeen + s_about && other.LastSeen >= alert.FirstSeen - s_about)
            .OrderByDescending(other => other.FirstSeen >= alert.FirstSeen - s_about)
            .ThenByDescending(other => other.Episodes)
            .ThenBy(other => other.Id.Value, StringComparer.Ordinal);
        foreach (var other in near)
        {
            if (StackTraces.Read(other.Stack) is { } trace)
            {
                return (other, trace);
            }
        }

        return null;
    }

    /// <summary>What production showed of commits of a repository about the time of an incident.</summary>
    public async Task<IReadOnlyDictionary<CommitId, (TrackedChange Change, string Told)>> TurnedAsync(string repository, Incident incident, CancellationToken cancel)
    {
        var found = new Dictionary<CommitId, (TrackedChange, string)>();
        foreach (var change in await ledger.ListAsync(repository, ChangeState.Suspect, MostChanges, cancel))
        {
            // What another incident or a person made suspect says nothing of this one.
            if (await ledger.TransitionsAsync(repository, change.Change.Id, cancel) is not [.., { To: ChangeState.Suspect, Incident: null } step]
                || step.At < incident.FirstSeen - s_about || step.At > incident.LastSeen + s_about)
            {
                continue;
            }

            var told = string.Create(CultureInfo.InvariantCulture, $"production turned against it at {step.At.UtcDateTime:yyyy-MM-dd HH:mm}Z: {step.Reason}");
            foreach (var commit in change.Change.Commits)
            {
                found[commit] = (change, told);
            }
        }

        return found;
    }
}
