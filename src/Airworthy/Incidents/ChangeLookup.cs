using Airworthy.Model;

namespace Airworthy.Incidents;

/// <summary>Tells the change that owns a commit; null when none is known.</summary>
public delegate ValueTask<ChangeId?> ChangeLookup(CommitId commit, CancellationToken cancel);
