using System.Collections.Immutable;
using Airworthy.Git;
using Airworthy.Model;

namespace Airworthy.Provenance.Records;

/// <summary>One source's records of one repository's commits.</summary>
internal interface ICommitRecords
{
    /// <summary>Where they are kept, as shown to people: <c>refs/notes/ai</c>…</summary>
    string Source { get; }

    /// <summary>How many there are, also of commits that no one asks about.</summary>
    int Count { get; }

    /// <summary>Records that can't be tied to any commit: malformed ones, and ones whose lines no commit added.</summary>
    int Unplaced { get; }

    /// <summary>What is recorded of <paramref name="commit"/>; null when nothing is. <paramref name="own"/> are the signals of the commit itself.</summary>
    ValueTask<CommitRecord?> OfAsync(Commit commit, ImmutableArray<Signal> own, CancellationToken cancel);

    /// <summary>The prompts stored for <paramref name="commit"/>; at most <see cref="Prompt.MostOfCommit"/>.</summary>
    ValueTask<IEnumerable<Prompt>> PromptsAsync(Commit commit, ImmutableArray<Signal> own, CancellationToken cancel);
}
