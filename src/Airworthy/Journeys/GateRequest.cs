using System.Collections.Immutable;
using Airworthy.Journeys.Debts;
using Airworthy.Provenance.PullRequests;
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

    /// <summary>Reports of tests.</summary>
    public ImmutableArray<ReportFile> Tests { get; init; } = [];

    /// <summary>SARIF logs of analyzers, of the head.</summary>
    public ImmutableArray<ReportFile> Sarif { get; init; } = [];

    /// <summary>SARIF logs of the base: what they hold is not new.</summary>
    public ImmutableArray<ReportFile> SarifBaseline { get; init; } = [];

    /// <summary>The review of the pull request; null when not told.</summary>
    public ReviewFacts? Review { get; init; }

    /// <summary>What a server tells of production, by which budgets of agent debt are counted; null when none was asked.</summary>
    public DebtProduction? Production { get; init; }

    /// <summary>True when there is anything to judge by beside the code.</summary>
    public bool HasReports => Review is not null || !(Coverage.IsEmpty && Mutation.IsEmpty && Tests.IsEmpty && Sarif.IsEmpty && Evidence.IsEmpty);

    /// <summary>Evidence files: trials, replays, what production shows.</summary>
    public ImmutableArray<ReportFile> Evidence { get; init; } = [];

    /// <summary>The revision that the reports were made at; null: the head.</summary>
    public string? TestedAt { get; init; }
}
