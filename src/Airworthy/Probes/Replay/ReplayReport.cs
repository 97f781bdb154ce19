using System.Collections.Immutable;

namespace Airworthy.Probes.Replay;

/// <summary>What two revisions make of the recorded calls.</summary>
/// <param name="Base">The one revision, whole.</param>
/// <param name="Head">The other revision, whole.</param>
/// <param name="Calls">Each recorded call.</param>
/// <param name="Unreadable">Files that are no recording, were cut off or need another key.</param>
public sealed record ReplayReport(string Base, string Head, ImmutableArray<ReplayComparison> Calls, int Unreadable)
{
    public int Same => Calls.Count(call => call.Verdict == ReplayVerdict.Same);

    public int Different => Calls.Count(call => call.Verdict == ReplayVerdict.Different);

    public int NotCompared => Calls.Count(call => call.Verdict == ReplayVerdict.NotCompared);
}
