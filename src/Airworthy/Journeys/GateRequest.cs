using System.Collections.Immutable;
using Airworthy.Verification;

namespace Airworthy.Journeys;

/// <summary>What the gate is asked to judge, and the reports it may judge by.</summary>
/// <param name="Base">The revision the change is to land on.</param>
/// <param name="Head">The change's last commit.</param>
public sealed record GateRequest(string Base, string Head)
{
    /// <summary>Coverage reports of any known format.</summary>
    public ImmutableArray<ReportFile> Coverage { get; init; } = [];

    /// <summary>Reports of mutation testers.</summary>
    public ImmutableArray<ReportFile> Mutation { get; init; } = [];

    /// <summary>Evidence files: trials, replays, what production shows.</summary>
    public ImmutableArray<ReportFile> Evidence { get; init; } = [];

    /// <summary>The revision that the reports were made at; null: the head.</summary>
    public string? TestedAt { get; init; }
}
