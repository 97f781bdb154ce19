using System.Collections.Immutable;
using Airworthy.Git;
using Airworthy.Model;

namespace Airworthy.Incidents;

/// <summary>A file of the trace at the revision that ran.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Lines">Its lines.</param>
/// <param name="Units">Its functions.</param>
/// <param name="Origins">Where its lines come from; null when it is not text.</param>
internal sealed record SourceFile(RepoPath Path, ImmutableArray<string> Lines, ImmutableArray<CodeUnit> Units, FileOrigins? Origins)
{
    /// <summary>The text of a line; empty outside the file.</summary>
    public string Line(int number) => number >= 1 && number <= Lines.Length ? Lines[number - 1] : "";
}
