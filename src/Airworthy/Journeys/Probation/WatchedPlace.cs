using System.Collections.Immutable;
using Airworthy.Model;

namespace Airworthy.Journeys.Probation;

/// <summary>A place in a running version that is a unit of the repository.</summary>
/// <param name="Id">Its number among the service's places.</param>
/// <param name="Traffic">The service and environment: only what met the same traffic is compared.</param>
/// <param name="Unit">The unit's symbol, and the part of it where it is not the whole.</param>
/// <param name="Revision">The revision that ran.</param>
/// <param name="IsProbe">True when probes count it.</param>
/// <param name="Commits">The commits that have a line in the unit at that revision.</param>
internal sealed record WatchedPlace(long Id, string Traffic, string Unit, CommitId Revision, bool IsProbe, ImmutableHashSet<CommitId> Commits);
