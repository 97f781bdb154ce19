using Airworthy.Model;

namespace Airworthy.Incidents;

/// <summary>Tells who wrote a commit. Asked only when the suspects are ranked: who wrote it is no evidence.</summary>
public delegate ValueTask<Authorship> AuthorshipLookup(CommitId commit, CancellationToken cancel);
