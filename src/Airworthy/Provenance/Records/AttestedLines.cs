using Airworthy.Model;

namespace Airworthy.Provenance.Records;

/// <summary>Lines of one file of a commit and who a record says wrote them.</summary>
/// <param name="Span">The lines, as they stand in that commit.</param>
/// <param name="Author">An agent or a person.</param>
internal readonly record struct AttestedLines(LineSpan Span, AttestedAuthor Author);
