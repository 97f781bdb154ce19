using Airworthy.Journeys;
using Airworthy.Model;
using Airworthy.Policies;

namespace Airworthy.Cli.Gates;

/// <summary>One thing that keeps a change from passing, as text and comments show it.</summary>
/// <param name="Name">The unit, the test, or the analyzer's rule.</param>
/// <param name="Where">Its place; empty when not known.</param>
/// <param name="Who">Who wrote it, or which report tells it.</param>
/// <param name="Says">What is wrong, a sentence each.</param>
internal sealed record GateItem(string Name, string Where, string Who, IReadOnlyList<string> Says)
{
    /// <summary>All of them, the worst first: what fails before what lacks evidence, a test that fails before a rule that is not met.</summary>
    public static IReadOnlyList<GateItem> Of(GateReport report) =>
    [
        .. new[] { VerdictKind.Fail, VerdictKind.Insufficient }.SelectMany(kind => report.Judgement.Problems.Where(problem => problem.Level == kind).Select(Of)
            .Concat(report.Judgement.Units.Where(unit => unit.Kind == kind).Select(Of))),
    ];

    private static GateItem Of(UnitVerdict judged) =>
        new(GateWords.Plain(judged.Changed.Unit.Name), GateWords.Where(judged), GateWords.Who(judged), [.. GateWords.Problems(judged)]);

    private static GateItem Of(ReportedProblem problem) => new(
        GateWords.Plain(problem.Name),
        problem.Path is not { } path ? "" : problem.Start > 0 ? $"{path.Display}:{problem.Start}" : path.Display,
        GateWords.Plain(problem.Source),
        [GateWords.Plain(problem.Says)]);
}
