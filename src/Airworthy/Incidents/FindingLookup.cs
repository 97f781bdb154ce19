using Airworthy.Model;

namespace Airworthy.Incidents;

/// <summary>Tells what production or a trial showed of a commit's change; nothing when it is not known.</summary>
public delegate ValueTask<IReadOnlyList<ChangeFinding>> FindingLookup(CommitId commit, CancellationToken cancel);
