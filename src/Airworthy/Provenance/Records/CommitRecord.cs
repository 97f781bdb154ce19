using System.Collections.Immutable;
using Airworthy.Model;

namespace Airworthy.Provenance.Records;

/// <summary>What one source records of one commit.</summary>
/// <param name="Kind">The kind of its signals: <c>note</c>, <c>trace</c>, <c>checkpoint</c>.</param>
/// <param name="Source">Where it is kept.</param>
/// <param name="Files">The lines it attests.</param>
internal sealed record CommitRecord(string Kind, string Source, AttestedFiles Files)
{
    /// <summary>What it says of the commit without naming lines.</summary>
    public ImmutableArray<Signal> Signals { get; init; } = [];

    /// <summary>Why it can't be read; null when it can.</summary>
    public string? Problem { get; init; }

    /// <summary>Authors it names by a key that no record is kept for.</summary>
    public int MissingRecords { get; init; }

    /// <summary>True when it says that it was made for another commit than the one it is found at.</summary>
    public bool IsOfOtherCommit { get; init; }

    /// <summary>The commit that this one is a rewriting of; null when it does not say.</summary>
    public CommitId? LogicalCommit { get; init; }

    /// <summary>The agent of whose marks in the commit it shows that they mean no authorship: its session wrote nothing. Null when it does not.</summary>
    public string? Overrules { get; init; }

    /// <summary>Lines it attests that the commit did not add.</summary>
    public long RejectedLines { get; init; }

    /// <summary>All that it says of the commit as a whole.</summary>
    public IEnumerable<Signal> OfWhole() => Signals.Concat(Files.Signals(Kind, Source));
}
