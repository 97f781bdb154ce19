using System.Collections.Immutable;
using Airworthy.Model;
using Airworthy.Trials;

namespace Airworthy.Journeys.Trials;

/// <summary>What is to be tried.</summary>
/// <param name="Base">The revision the change is to land on.</param>
/// <param name="Head">The change.</param>
public sealed record TrialQuestion(CommitId Base, CommitId Head)
{
    /// <summary>Only projects whose path fits this pattern; null for all that the change touches.</summary>
    public string? Project { get; init; }

    /// <summary>Only units whose name or symbol holds this; null for all.</summary>
    public string? Unit { get; init; }

    /// <summary>How long running may take, all units together. The default value is a minute; building comes on top.</summary>
    public TimeSpan Budget { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Inputs that each kind draws for each unit at most; at least 1. The default value is no bound but the budget.</summary>
    public long MostInputs { get; init; } = long.MaxValue;

    /// <summary>The kinds of trial. The default value is those that hold head against base.</summary>
    public ImmutableArray<string> Kinds { get; init; } = TrialKinds.Default;

    /// <summary>Whether a kind of trial runs the base too; mutants are of the head alone.</summary>
    public bool RunsBase => Kinds.Any(kind => kind != TrialKinds.Mutation);

    /// <summary>Whether mutants are also judged by the project's own tests. The default value is <see langword="true"/>.</summary>
    public bool RunsTests { get; init; } = true;

    /// <summary>Workers that run C# at once, from 1; each may take a GiB. The default value is 1.</summary>
    public int Jobs { get; init; } = 1;

    /// <summary>What all chance comes from. The default value is 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>A schedule to run again, as a finding told it, and nothing else; null to look for some.</summary>
    public string? Schedule { get; init; }

    /// <summary>Calls that production recorded, by the documentation-comment id of what was called. The default value is none.</summary>
    public ImmutableDictionary<string, ImmutableArray<RecordedInput>> Recorded { get; init; } = ImmutableDictionary<string, ImmutableArray<RecordedInput>>.Empty;

    /// <summary>Whether to go on where code can't be kept apart. The default value is <see langword="false"/>.</summary>
    public bool IsUnsafe { get; init; }

    /// <summary>Where tests of the differences are written to; null for nowhere.</summary>
    public string? Tests { get; init; }

    /// <summary>Whether both sides are compiled with counters. The default value is <see langword="true"/>.</summary>
    public bool Instrument { get; init; } = true;
}
