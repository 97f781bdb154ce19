using System.Collections.Immutable;

namespace Airworthy.Trials.Running;

/// <summary>What a worker is asked to run.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Units">Which of its units, by index.</param>
/// <param name="Kinds">Which kinds of trial.</param>
/// <param name="Seed">What all chance comes from.</param>
/// <param name="SecondsPerUnit">How long each unit may take; above 0. What one leaves over the next ones have.</param>
/// <param name="MostInputs">Inputs that each kind draws for each unit at most; at least 1.</param>
/// <param name="PatienceSeconds">How long one call may take before it is told to hang.</param>
/// <param name="Journal">The file the worker writes each input to before it runs it.</param>
/// <param name="Results">The file the worker appends results to, a line of JSON each.</param>
/// <param name="Ended">Inputs that ended or hung a worker before.</param>
public sealed record RunJob(
    TrialPlan Plan,
    ImmutableArray<int> Units,
    ImmutableArray<string> Kinds,
    ulong Seed,
    double SecondsPerUnit,
    long MostInputs,
    double PatienceSeconds,
    string Journal,
    string Results,
    ImmutableArray<EndedCall> Ended)
{
    /// <summary>A schedule to run again, and nothing else; null to look for one.</summary>
    public string? Schedule { get; init; }

    /// <summary>How many workers each unit has ended, by its index: it then goes on with other inputs, and the others with the same.</summary>
    public required IReadOnlyDictionary<int, int> Endings { get; init; }
}
