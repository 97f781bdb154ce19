using System.Collections.Immutable;
using Airworthy.Model;
using Airworthy.Provenance;

namespace Airworthy.Journeys;

/// <summary>A file and who wrote each of its lines.</summary>
/// <param name="Path">The file.</param>
/// <param name="Lines">How many lines it has.</param>
/// <param name="Runs">Runs that cover all lines, in order.</param>
public sealed record BlameFile(RepoPath Path, int Lines, ImmutableArray<AuthoredRun> Runs);
