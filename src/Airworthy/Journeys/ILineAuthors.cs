using System.Collections.Immutable;
using Airworthy.Git;
using Airworthy.Model;

namespace Airworthy.Journeys;

/// <summary>Who wrote lines and commits, as the gate asks it.</summary>
internal interface ILineAuthors
{
    /// <summary>Who wrote the lines of a file; the spans cover it, in order.</summary>
    Task<ImmutableArray<(LineSpan Span, Authorship By)>> OfFileAsync(FileOrigins file, CancellationToken cancel);

    /// <summary>Who wrote a commit as a whole.</summary>
    Task<Authorship> OfCommitAsync(Commit commit, CancellationToken cancel);
}
