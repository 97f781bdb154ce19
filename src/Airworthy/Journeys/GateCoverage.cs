using System.Collections.Immutable;
using Airworthy.Model;
using Airworthy.Policies;
using Airworthy.Verification.Coverage;

namespace Airworthy.Journeys;

/// <summary>Says of each changed unit how many of its changed statements tests executed. What no report names is not measured, never covered.</summary>
/// <param name="reports">The reports, read.</param>
/// <param name="tested">The files that were tested.</param>
/// <param name="head">The head that is judged.</param>
internal sealed class GateCoverage(CoverageReading reports, TestedFiles tested, CommitId head)
{
    /// <summary>The changed statements, of all units asked so far.</summary>
    public StatementTally Statements { get; private set; }

    /// <summary>The units with what the reports say of them.</summary>
    public ImmutableArray<ChangedUnit> Add(ImmutableArray<ChangedUnit> units) => [.. units.Select(Add)];

    /// <summary>True when no report names the file.</summary>
    public bool IsUnmeasured(RepoPath path) => Of(path) is null or { IsEmpty: true };

    private FileCoverage? Of(RepoPath path) => reports.Files.GetValueOrDefault(tested.NameWhenTested(path));

    private ChangedUnit Add(ChangedUnit unit)
    {
        if (!unit.Executable || Of(unit.Unit.Path) is not { IsEmpty: false } coverage)
        {
            return unit;
        }

        Statements += Tally(unit, coverage);
        var judged = unit.Judged.ToHashSet();
        var statements = unit.RemovedOnly
            ? unit.RemovedAfter.SelectMany(line => coverage.Beside(line, unit.Unit.Span.Start, unit.Unit.Span.End)).Distinct().ToArray()
            : [.. coverage.On(judged)];
        if (statements.Length == 0)
        {
            // The unit was measured, and its changed lines hold nothing that runs: a signature, a comment. Else nobody looked.
            return unit.OutsideFunctions || coverage.Speaks(unit.Unit.Span.Start, unit.Unit.Span.End)
                ? unit with { Moot = [.. unit.Moot, EvidenceKind.StatementCoverage, EvidenceKind.BranchCoverage, EvidenceKind.MutationScore] }
                : unit;
        }

        unit = unit with { NotExecuted = [.. statements.Where(statement => !statement.Ran).Select(statement => statement.Span.StartLine).Distinct().Order()] };
        var evidence = unit.Evidence.Add(Evidence(EvidenceKind.StatementCoverage, unit, coverage, statements.Length, statements.Count(statement => statement.Ran)));
        var (ways, taken) = coverage.BranchesOn(judged);
        return ways > 0 ? unit with { Evidence = evidence.Add(Evidence(EvidenceKind.BranchCoverage, unit, coverage, ways, taken)) }
            : coverage.TellsBranches ? unit with { Evidence = evidence, Moot = unit.Moot.Add(EvidenceKind.BranchCoverage) }
            : unit with { Evidence = evidence };
    }

    private static StatementTally Tally(ChangedUnit unit, FileCoverage coverage)
    {
        var by = unit.At.ToDictionary(line => line.Number, line => line.By);
        var tally = default(StatementTally);
        foreach (var (span, ran) in coverage.On(by.Keys))
        {
            var authors = by.Where(line => span.IsOn(line.Key)).Select(line => line.Value).ToHashSet();
            tally += authors.Contains(AuthorKind.Ai) ? new StatementTally(1, 0, 0, ran ? 1 : 0)
                : authors.Contains(AuthorKind.Unknown) ? new StatementTally(0, 1, 0, ran ? 1 : 0)
                : new StatementTally(0, 0, 1, ran ? 1 : 0);
        }

        return tally;
    }

    private Evidence Evidence(EvidenceKind kind, ChangedUnit unit, FileCoverage coverage, int all, int good) =>
        new(kind.Name, string.Join(", ", coverage.Sources.Order(StringComparer.Ordinal)), unit.Unit.Symbol, unit.Unit.Path, head, all, all - good, Instances: 0);
}
