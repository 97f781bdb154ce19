using Airworthy.Model;

namespace Airworthy.Provenance.Records;

/// <summary>What one note tells, whatever tool wrote it.</summary>
/// <param name="Files">The lines it attests.</param>
internal sealed record Note(AttestedFiles Files)
{
    /// <summary>Authors it names by a key that it keeps no record for.</summary>
    public int MissingRecords { get; init; }

    /// <summary>The commit it says it was made for; null when it does not say.</summary>
    public CommitId? Base { get; init; }

    /// <summary>The commit that the annotated one is a rewriting of, as the tool followed it; null when it does not say.</summary>
    public CommitId? LogicalCommit { get; init; }
}
