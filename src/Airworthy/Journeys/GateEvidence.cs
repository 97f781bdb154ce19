using System.Collections.Immutable;
using Airworthy.Git;
using Airworthy.Model;
using Airworthy.Policies;
using Airworthy.Verification;

namespace Airworthy.Journeys;

/// <summary>What the reports given to the gate say of a change.</summary>
/// <param name="Units">The changed units with their evidence.</param>
internal sealed record GateEvidence(ImmutableArray<ChangedUnit> Units)
{
    /// <summary>Changed files that no coverage report names.</summary>
    public ImmutableArray<UnmeasuredFile> Unmeasured { get; private init; } = [];

    /// <summary>The changed statements that coverage reports speak of.</summary>
    public StatementTally Statements { get; private init; }

    /// <summary>The reports that were read.</summary>
    public ImmutableArray<ReportRead> Reports { get; private init; } = [];

    /// <summary>What must be said beside the verdict.</summary>
    public ImmutableArray<string> Remarks { get; private init; } = [];

    /// <summary>What tests and analyzers say against the change.</summary>
    public ReportedTally Reported { get; private init; } = ReportedTally.None;

    /// <summary>How the tests came out; null when no report was given.</summary>
    public TestTally? Tests { get; private init; }

    /// <summary>Holds what reports say against the changed units.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="request">What was given.</param>
    /// <param name="sides">What is compared.</param>
    /// <param name="read">The reports; null when none was given.</param>
    /// <param name="units">What changed.</param>
    /// <param name="diffs">The changed files.</param>
    /// <param name="cancel">Ends the reading.</param>
    /// <exception cref="FaultException">A report of tests can't be taken as evidence.</exception>
    public static async Task<GateEvidence> WeighAsync(
        GitRepository repository, GateRequest request, GateComparison sides, GateReports? read, ImmutableArray<ChangedUnit> units, IReadOnlyCollection<FileDiff> diffs, CancellationToken cancel)
    {
        if (read is null)
        {
            return new GateEvidence(units);
        }

        var (tested, mutation) = (read.Tested, read.Mutation);
        var running = units.Where(unit => unit.Executable).Select(unit => unit.Unit.Path).Distinct().ToArray();
        var tests = request.Tests.IsEmpty ? null : await GateTests.ReadAsync(request.Tests, units, repository, sides, Before(diffs), cancel);
        var reviews = request.Review is null ? null : await GateReviews.FindAsync(request.Review, repository, sides.Head, [.. units.Select(unit => unit.Unit.Path).Distinct()], cancel);

        var coverage = new GateCoverage(read.Coverage, tested, sides.Head);
        units = [.. coverage.Add(units).Select(unit => read.Files.Add(GateMutation.Add(unit, mutation, tested, sides.Head))).Select(unit => reviews?.Add(unit) ?? unit)];
        ImmutableArray<ReportedProblem>? findings = request.Sarif.IsEmpty ? null : GateFindings.Of(read.Findings, units, read.NameAtHead);
        ReportRead[] reports = [.. read.Coverage.Reports, .. mutation.Reports, .. read.Files.Reports, .. read.Findings.Reports];
        string[] remarks =
        [
            .. reports.Where(report => report.Matched == 0 && (report.Files > 0 || report.Format != "sarif")).Select(report =>
                $"{report.Name} names no file of this repository ({Words.Count(report.Files, "file")} in it): is it of another one?"),
            .. tested.Uncommitted.Where(path => !coverage.IsUnmeasured(path) || mutation.Speaks(tested.NameWhenTested(path))).Select(path =>
                $"{path.Display} has uncommitted edits; the reports' lines were moved to where they stand in the commit"),
            .. read.Files.Remarks,
            .. GateFindings.Remarks(read.Findings),
            .. reviews?.Remarks ?? [],
        ];
        return new GateEvidence(units)
        {
            Unmeasured = [.. running.Where(path => !request.Coverage.IsEmpty && coverage.IsUnmeasured(path)).Select(path => new UnmeasuredFile(path, UnmeasuredFile.Unnamed))],
            Statements = coverage.Statements,
            Reports = [.. reports, .. tests?.Reports ?? []],
            Remarks = [.. remarks],
            Tests = tests?.Tally(),
            Reported = new ReportedTally(tests?.Tally().Ran, findings?.Length, [.. tests?.Problems() ?? [], .. findings ?? []]),
        };
    }

    private static Dictionary<RepoPath, RepoPath?> Before(IEnumerable<FileDiff> diffs) =>
        diffs.Where(diff => diff.NewPath is not null).ToDictionary(diff => diff.NewPath!.Value, diff => diff.OldPath);
}
