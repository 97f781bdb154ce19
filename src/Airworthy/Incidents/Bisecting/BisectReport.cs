using System.Collections.Immutable;
using Airworthy.Model;

namespace Airworthy.Incidents.Bisecting;

/// <summary>What the experiment showed.</summary>
/// <param name="Good">The revision at which the command succeeds.</param>
/// <param name="Bad">The revision at which it fails.</param>
/// <param name="FirstBad">The commit from which on it fails; null when revisions that can't be tested hide it.</param>
/// <param name="IsMerge">True when <paramref name="FirstBad"/> merges branches on each of which the command succeeds: they fail only together.</param>
/// <param name="Possible">Where it is not found: the commits of which one is it, the newest first.</param>
/// <param name="Candidates">Commits between good and bad.</param>
/// <param name="Tested">Revisions of which was decided, both ends counted.</param>
/// <param name="Skipped">Revisions that can't be tested: a build that fails, exit 125, out of time, or undecided.</param>
/// <param name="Runs">Runs of the command, those of an earlier start counted.</param>
/// <param name="Resumed">Runs that were known from an earlier start.</param>
/// <param name="Error">The chance that a decision was wrong, at most; 0 when one run decides.</param>
/// <param name="FailsAtGood">How often the command fails where it should succeed, and in how many runs; null when one run decides.</param>
/// <param name="FailsAtBad">How often it fails where it should; null when one run decides.</param>
/// <param name="Output">The end of what a failing run at <paramref name="FirstBad"/> printed. Hostile text.</param>
public sealed record BisectReport(
    CommitId Good,
    CommitId Bad,
    CommitId? FirstBad,
    bool IsMerge,
    ImmutableArray<CommitId> Possible,
    int Candidates,
    int Tested,
    int Skipped,
    int Runs,
    int Resumed,
    double Error,
    RunTally? FailsAtGood,
    RunTally? FailsAtBad,
    string? Output);
