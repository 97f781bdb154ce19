using System.Collections.Immutable;
using Airworthy.Model;

namespace Airworthy.Incidents;

/// <summary>A file of the trace at the revision that ran.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Lines">Its lines; none after the last line's end.</param>
/// <param name="Units">Its functions.</param>
internal sealed record SourceFile(RepoPath Path, ImmutableArray<string> Lines, ImmutableArray<CodeUnit> Units)
{
    /// <summary>The text of a line; empty outside the file.</summary>
    public string Line(int number) => number >= 1 && number <= Lines.Length ? Lines[number - 1] : "";
}
