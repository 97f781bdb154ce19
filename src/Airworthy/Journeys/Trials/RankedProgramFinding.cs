using Airworthy.Git;
using Airworthy.Trials.Programs;

namespace Airworthy.Journeys.Trials;

/// <summary>A difference with its place among all.</summary>
/// <param name="Rank">1 for the worst.</param>
/// <param name="Finding">What differs, and when.</param>
/// <param name="SpokenOf">The newest commit of the change whose message speaks of an option that shows it; null when none does.</param>
/// <param name="Test">The file of its test; null when none was written.</param>
public sealed record RankedProgramFinding(int Rank, ProgramFinding Finding, Commit? SpokenOf, string? Test);
