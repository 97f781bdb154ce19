using Airworthy.Model;

namespace Airworthy.Incidents;

/// <summary>What is known of a failure when its cause is sought.</summary>
/// <param name="Trace">The stack trace.</param>
/// <param name="Revision">The revision that ran.</param>
/// <param name="FirstSeen">When it was seen first; null when not told, and then nothing is cut by time.</param>
/// <param name="PreviousRevision">The revision deployed before, without the failure; null when not known.</param>
public sealed record AttributionQuery(
    StackTrace Trace, DeployedRevision Revision, DateTimeOffset? FirstSeen, CommitId? PreviousRevision = null);
