using System.Collections.Immutable;

namespace Airworthy.Trials;

/// <summary>What the worker is asked to find and to compile.</summary>
/// <param name="Base">The base as it was built; null where it is read and not run.</param>
/// <param name="BaseTop">The base's checkout.</param>
/// <param name="Head">The head as it was built.</param>
/// <param name="Files">The changed C# files.</param>
/// <param name="Tests">Folders of test sources at the head, absolute.</param>
/// <param name="Unit">Only units whose name or symbol holds this; null for all.</param>
/// <param name="Instrument">Whether both sides are compiled with counters.</param>
public sealed record PrepareJob(SideSources? Base, string BaseTop, SideSources Head, ImmutableArray<ChangedFile> Files, ImmutableArray<string> Tests, string? Unit, bool Instrument)
{
    /// <summary>Whether the head is also compiled with mutants of its changed lines. The default value is <see langword="false"/>.</summary>
    public bool Mutate { get; init; }

    /// <summary>Whether what grows is to be counted: work inside the framework, and the regular expressions of members. The default value is <see langword="false"/>.</summary>
    public bool Weigh { get; init; }

    /// <summary>Whether shared types are also compiled with the steps of a schedule. The default value is <see langword="false"/>.</summary>
    public bool Schedule { get; init; }
}
