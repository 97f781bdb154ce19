using System.Collections.Immutable;
using Airworthy.Git;
using Airworthy.Model;
using Airworthy.Policies;
using Airworthy.Verification;
using Airworthy.Verification.Coverage;
using Airworthy.Verification.Mutation;

namespace Airworthy.Journeys;

/// <summary>What the reports given to the gate say of a change.</summary>
/// <param name="Units">The changed units with their evidence.</param>
/// <param name="Unmeasured">Changed files that no report names.</param>
/// <param name="Statements">The changed statements that coverage reports speak of.</param>
/// <param name="Reports">The reports that were read.</param>
/// <param name="Remarks">What must be said beside the verdict.</param>
internal sealed record GateEvidence(
    ImmutableArray<ChangedUnit> Units,
    ImmutableArray<UnmeasuredFile> Unmeasured,
    StatementTally Statements,
    ImmutableArray<ReportRead> Reports,
    ImmutableArray<string> Remarks)
{
    /// <summary>Reads all reports of <paramref name="request"/>.</summary>
    /// <exception cref="FaultException">One can't be taken as evidence.</exception>
    public static async Task<GateEvidence> ReadAsync(
        GitRepository repository, GateRequest request, GateComparison sides, ImmutableArray<ChangedUnit> units, CancellationToken cancel)
    {
        if (request.Coverage.IsEmpty && request.Mutation.IsEmpty && request.Evidence.IsEmpty)
        {
            return new GateEvidence(units, [], default, [], []);
        }

        var changed = units.Where(unit => unit.Executable).Select(unit => unit.Unit.Path).Distinct().ToArray();
        var testedAt = request.TestedAt is { } revision ? await repository.ResolveAsync(revision, cancel) : (CommitId?)null;
        var tested = await TestedFiles.FindAsync(repository, testedAt, sides.Head, [.. units.Select(unit => unit.Unit.Path).Distinct()], cancel);
        var names = changed.GroupBy(tested.NameWhenTested).ToDictionary(group => group.Key, group => group.First());
        var reading = new CoverageReading(tested.Files, names.Keys, repository.WorkTree, Place);
        foreach (var report in request.Coverage)
        {
            cancel.ThrowIfCancellationRequested();
            reading.Add(report);
        }

        var mutation = new MutationReading(tested.Files, names.Keys, repository.WorkTree, Place);
        foreach (var report in request.Mutation)
        {
            cancel.ThrowIfCancellationRequested();
            mutation.Add(report);
        }

        var files = new GateEvidenceFiles(tested, sides.Head, testedAt);
        foreach (var file in request.Evidence)
        {
            cancel.ThrowIfCancellationRequested();
            files.Add(file);
        }

        var coverage = new GateCoverage(reading, tested, sides.Head);
        units = [.. coverage.Add(units).Select(unit => files.Add(GateMutation.Add(unit, mutation, tested, sides.Head)))];
        ReportRead[] reports = [.. reading.Reports, .. mutation.Reports, .. files.Reports];
        string[] remarks =
        [
            .. reports.Where(report => report.Matched == 0).Select(report =>
                $"{report.Name} names no file of this repository ({Words.Count(report.Files, "file")} in it): is it of another one?"),
            .. tested.Uncommitted.Where(path => !coverage.IsUnmeasured(path) || mutation.Speaks(tested.NameWhenTested(path))).Select(path =>
                $"{path.Display} has uncommitted edits; the reports' lines were moved to where they stand in the commit"),
            .. files.Remarks,
        ];
        return new GateEvidence(
            units,
            [.. changed.Where(path => !request.Coverage.IsEmpty && coverage.IsUnmeasured(path)).Select(path => new UnmeasuredFile(path, "no coverage report names it"))],
            coverage.Statements,
            [.. reports],
            [.. remarks]);

        int? Place(RepoPath path, int line) => tested.Place(names.GetValueOrDefault(path, path), line);
    }
}
