using System.Collections.Immutable;
using Airworthy.Git;
using Airworthy.Model;
using Airworthy.Policies;
using Airworthy.Verification;
using Airworthy.Verification.Coverage;
using Airworthy.Verification.Findings;
using Airworthy.Verification.Mutation;

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

    /// <summary>Reads all reports of <paramref name="request"/>.</summary>
    /// <exception cref="FaultException">One can't be taken as evidence.</exception>
    public static async Task<GateEvidence> ReadAsync(
        GitRepository repository, GateRequest request, GateComparison sides, ImmutableArray<ChangedUnit> units, IReadOnlyCollection<FileDiff> diffs, CancellationToken cancel)
    {
        if (!request.HasReports)
        {
            return new GateEvidence(units);
        }

        var changed = units.Select(unit => unit.Unit.Path).Distinct().ToArray();
        var running = units.Where(unit => unit.Executable).Select(unit => unit.Unit.Path).Distinct().ToArray();
        var testedAt = request.TestedAt is { } revision ? await repository.ResolveAsync(revision, cancel) : (CommitId?)null;
        var tested = await TestedFiles.FindAsync(repository, testedAt, sides.Head, changed, cancel);
        var names = changed.GroupBy(tested.NameWhenTested).ToDictionary(group => group.Key, group => group.First());
        var (reading, mutation) = (new CoverageReading(tested.Files, names.Keys, repository.WorkTree, Place), new MutationReading(tested.Files, names.Keys, repository.WorkTree, Place));
        var (found, files) = (new FindingReading(tested.Files, names.Keys, repository.WorkTree, Place), new GateEvidenceFiles(tested, sides.Head, testedAt));
        ReadEach(request.Coverage, reading.Add);
        ReadEach(request.Mutation, mutation.Add);
        ReadEach(request.Evidence, files.Add);
        ReadEach(request.SarifBaseline, found.AddBaseline);
        ReadEach(request.Sarif, found.Add);
        var tests = request.Tests.IsEmpty ? null : await GateTests.ReadAsync(request.Tests, units, repository, sides, Before(diffs), cancel);
        var reviews = request.Review is null ? null : await GateReviews.FindAsync(request.Review, repository, sides.Head, changed, cancel);

        var coverage = new GateCoverage(reading, tested, sides.Head);
        units = [.. coverage.Add(units).Select(unit => files.Add(GateMutation.Add(unit, mutation, tested, sides.Head))).Select(unit => reviews?.Add(unit) ?? unit)];
        ImmutableArray<ReportedProblem>? findings = request.Sarif.IsEmpty ? null : GateFindings.Of(found, units, path => names.GetValueOrDefault(path, path));
        ReportRead[] reports = [.. reading.Reports, .. mutation.Reports, .. files.Reports, .. found.Reports];
        string[] remarks =
        [
            .. reports.Where(report => report.Matched == 0 && (report.Files > 0 || report.Format != "sarif")).Select(report =>
                $"{report.Name} names no file of this repository ({Words.Count(report.Files, "file")} in it): is it of another one?"),
            .. tested.Uncommitted.Where(path => !coverage.IsUnmeasured(path) || mutation.Speaks(tested.NameWhenTested(path))).Select(path =>
                $"{path.Display} has uncommitted edits; the reports' lines were moved to where they stand in the commit"),
            .. files.Remarks,
            .. GateFindings.Remarks(found),
            .. reviews?.Remarks ?? [],
        ];
        return new GateEvidence(units)
        {
            Unmeasured = [.. running.Where(path => !request.Coverage.IsEmpty && coverage.IsUnmeasured(path)).Select(path => new UnmeasuredFile(path, "no coverage report names it"))],
            Statements = coverage.Statements,
            Reports = [.. reports, .. tests?.Reports ?? []],
            Remarks = [.. remarks],
            Tests = tests?.Tally(),
            Reported = new ReportedTally(tests?.Tally().Ran, findings?.Length, [.. tests?.Problems() ?? [], .. findings ?? []]),
        };

        int? Place(RepoPath path, int line) => tested.Place(names.GetValueOrDefault(path, path), line);

        void ReadEach(ImmutableArray<ReportFile> given, Action<ReportFile> add)
        {
            foreach (var report in given)
            {
                cancel.ThrowIfCancellationRequested();
                add(report);
            }
        }
    }

    private static Dictionary<RepoPath, RepoPath?> Before(IEnumerable<FileDiff> diffs) =>
        diffs.Where(diff => diff.NewPath is not null).ToDictionary(diff => diff.NewPath!.Value, diff => diff.OldPath);
}
