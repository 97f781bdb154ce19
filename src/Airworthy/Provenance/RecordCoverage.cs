namespace Airworthy.Provenance;

/// <summary>How far one source of records was read, over the commits asked about so far.</summary>
/// <param name="Source">Where the records are kept: <c>refs/notes/ai</c>…</param>
/// <param name="Records">How many there are, also of commits no one asked about.</param>
/// <param name="Read">Read, of commits asked about.</param>
/// <param name="Unreadable">Not of their format, of commits asked about; they count as absent.</param>
/// <param name="Unplaced">Tied to no commit: malformed lines of a log, lines that no commit of the history added.</param>
/// <param name="Lines">Lines attested by those read.</param>
/// <param name="RejectedLines">Lines among them that their commit did not add; they count for nothing.</param>
/// <param name="MissingRecords">Authors named by a key that no record is kept for: an AI of which nothing is known.</param>
/// <param name="OfOtherCommits">Records that say they were made for another commit, as rewriting history leaves them.</param>
public sealed record RecordCoverage(
    string Source, int Records, int Read, int Unreadable, int Unplaced, long Lines, long RejectedLines, int MissingRecords, int OfOtherCommits);
