using Airworthy.Model;

namespace Airworthy.Provenance.Records;

/// <summary>One range of an Agent Trace record: lines as they stood in the working file at the time of the edit.</summary>
/// <param name="Revision">What was checked out then: the parent of the commit to come. Null when not told.</param>
/// <param name="Path">The file.</param>
/// <param name="Span">The lines; null when the record knows none.</param>
/// <param name="Content">The hash of their text; null when not told.</param>
/// <param name="Author">Who wrote them.</param>
internal sealed record TracedEdit(CommitId? Revision, RepoPath Path, LineSpan? Span, uint? Content, AttestedAuthor Author);
