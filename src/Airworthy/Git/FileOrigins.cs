using System.Collections.Immutable;
using Airworthy.Model;

namespace Airworthy.Git;

/// <summary>A file and where its lines come from.</summary>
/// <param name="Path">The file.</param>
/// <param name="Lines">How many lines it has.</param>
/// <param name="Runs">Runs that cover all lines, in order.</param>
public sealed record FileOrigins(RepoPath Path, int Lines, ImmutableArray<LineRun> Runs);
