using System.Collections.Immutable;
using Airworthy.Model;

namespace Airworthy.Probes;

/// <summary>A source file and its lines on probation.</summary>
/// <param name="Path">The file.</param>
/// <param name="Sha256">SHA-256 of its bytes, hex, lower case, so that another content is seen; empty when it was too large to read.</param>
/// <param name="Lines">The lines, in order and apart from each other.</param>
public sealed record WatchedFile(RepoPath Path, string Sha256, ImmutableArray<LineSpan> Lines);
