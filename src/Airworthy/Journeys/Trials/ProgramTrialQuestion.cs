using Airworthy.Model;
using Airworthy.Trials.Programs;

namespace Airworthy.Journeys.Trials;

/// <summary>Which program is tried, how it is built and what is run.</summary>
/// <param name="Base">The revision to compare with.</param>
/// <param name="Head">The revision that is compared.</param>
/// <param name="Build">The command that builds a revision at its top; null when nothing is to be built.</param>
/// <param name="Scenarios">The folder of scenarios.</param>
/// <param name="Terms">How they are run.</param>
/// <param name="Cache">Where builds are kept; null to keep none.</param>
/// <param name="Tests">The folder for tests of what differs; null for none.</param>
/// <param name="IsUnsafe">True to run where code can't be kept apart.</param>
public sealed record ProgramTrialQuestion(
    CommitId Base, CommitId Head, string? Build, string Scenarios, ProgramTerms Terms, string? Cache, string? Tests, bool IsUnsafe);
