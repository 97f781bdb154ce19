using System.Collections.Immutable;
using Airworthy.Model;

namespace Airworthy.Incidents.Bisecting;

/// <summary>What to find out by experiment: from which commit on a command fails.</summary>
/// <param name="Good">A revision at which it succeeds.</param>
/// <param name="Bad">A revision at which it fails.</param>
/// <param name="Command">The program and its arguments. Exit 0: good; 125: this revision can't be tested; anything else, and a death by signal: bad.</param>
/// <param name="Build">What is run before it at each revision, the program first; empty: nothing. Where it fails, the revision can't be tested.</param>
/// <param name="Jobs">Revisions tested at once; at least 1.</param>
/// <param name="Repeat">1: one run decides. More: the command is flaky, and is run so often at both ends to learn how often it fails.</param>
/// <param name="Timeout">How long one run or build may take.</param>
/// <param name="WorkFolder">Where revisions are checked out and what was found is kept until the end; of nobody else.</param>
/// <param name="From">The folder in which the user gave the command: where a program named with a slash is sought.</param>
public sealed record BisectQuery(
    CommitId Good,
    CommitId Bad,
    ImmutableArray<string> Command,
    ImmutableArray<string> Build,
    int Jobs,
    int Repeat,
    TimeSpan Timeout,
    string WorkFolder,
    string From);
