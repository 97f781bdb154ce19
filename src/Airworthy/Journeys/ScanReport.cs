using System.Collections.Immutable;
using Airworthy.Model;
using Airworthy.Provenance;

namespace Airworthy.Journeys;

/// <summary>Who wrote a repository, as far as anything tells.</summary>
/// <param name="Repository">Its name.</param>
/// <param name="Revision">The commit looked at.</param>
/// <param name="IsShallow">True when history is cut off, so that all figures are wrong.</param>
/// <param name="Commits">Commits of its history, by who wrote them.</param>
/// <param name="Lines">Lines living at the revision, by who wrote them.</param>
/// <param name="LinesKnownByLine">Lines among them that a record of the very line tells of; the rest of the known ones go by their commit.</param>
/// <param name="KnownFrom">What told of the commits that are known: the kind of the most direct signal of each.</param>
/// <param name="Agents">The agents, the one with the most commits first.</param>
/// <param name="Folders">Top folders and files, the one with the most AI-written lines first.</param>
/// <param name="Files">Files in the tree.</param>
/// <param name="Skipped">Files among them whose lines are not counted, by reason.</param>
/// <param name="Disclosure">The months between which agents stopped being named; null when they did not.</param>
/// <param name="Records">How far each source of records beside history was read; a source that the repository does not have is not listed.</param>
/// <param name="UnreadableNotes">Notes of this history that are not of their format, and count as absent.</param>
public sealed record ScanReport(
    string Repository,
    CommitId Revision,
    bool IsShallow,
    ScanTally Commits,
    ScanTally Lines,
    long LinesKnownByLine,
    ImmutableArray<ScanSource> KnownFrom,
    ImmutableArray<ScanAgent> Agents,
    ImmutableArray<ScanFolder> Folders,
    int Files,
    ImmutableArray<ScanSkipped> Skipped,
    ScanDisclosure? Disclosure,
    ImmutableArray<RecordCoverage> Records,
    ImmutableArray<UnreadableNote> UnreadableNotes)
{
    /// <summary>Files whose lines are counted.</summary>
    public int TextFiles => Files - Skipped.Sum(skipped => skipped.Files);
}
