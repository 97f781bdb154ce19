using Airworthy.Journeys.Production;
using Airworthy.Telemetry.Workflows;

namespace Airworthy.Journeys.Workflows;

/// <summary>Compares what production did with what tests did, by the shapes of their traces.</summary>
public sealed class WorkflowReader(IWorkflowStore store, RunningRevisions revisions, UnitFinder units) : IWorkflowQueries
{
    // Units of so many of the most frequent workflows are looked up; the order of the rest is by frequency alone.
    private const int MostAppraised = 500;

    public async Task<WorkflowCoverage> WorkflowsAsync(WorkflowQuestion question, CancellationToken cancel)
    {
        await store.CloseAsync(cancel);
        var counts = await store.CountsAsync(question.Service, cancel);
        var (tests, real) = Split(counts, question.Tests);
        real = question.Environment is null ? real : [.. real.Where(count => string.Equals(count.Environment, question.Environment, StringComparison.Ordinal))];
        var tested = tests.Select(count => count.Shape.Id).ToHashSet(StringComparer.Ordinal);
        var byShape = ByShape(real);
        var untested = byShape.Where(shape => !tested.Contains(shape[0].Shape.Id)).ToList();
        var workflows = await SummariesAsync([.. untested.Take(MostAppraised)], tests, cancel);
        var omitted = await store.OmissionsAsync(question.Service, cancel);
        var traces = real.Sum(count => count.Traces);
        return new WorkflowCoverage(
            question.Service,
            traces,
            byShape.Count,
            tests.Sum(count => count.Traces),
            tested.Count,
            tests.Count == 0 || traces == 0 ? null : real.Where(count => tested.Contains(count.Shape.Id)).Sum(count => count.Traces),
            omitted.LateSpans,
            omitted.SpansLeftOut,
            untested.Count,
            [
                .. workflows
                    .OrderByDescending(Weight)
                    .ThenByDescending(workflow => workflow.Traces)
                    .ThenBy(workflow => workflow.Shape, StringComparer.Ordinal)
                    .Take(question.Limit),
            ]);
    }

    public async Task<WorkflowMatches> WorkflowAsync(string shape, string? service, string? tests, CancellationToken cancel)
    {
        await store.CloseAsync(cancel);
        var found = new List<WorkflowSummary>();
        foreach (var (id, place) in await store.FindAsync(shape, service, cancel))
        {
            var counts = await store.CountsAsync(place, cancel);
            var (testCounts, real) = Split(counts, tests);
            var those = real.Where(count => string.Equals(count.Shape.Id, id, StringComparison.Ordinal)).ToList();

            // A workflow of tests alone is told of as well.
            those = those.Count > 0 ? those : [.. testCounts.Where(count => string.Equals(count.Shape.Id, id, StringComparison.Ordinal))];
            found.AddRange(await SummariesAsync([those], testCounts, cancel));
        }

        return new WorkflowMatches(found);
    }

    /// <summary>
    /// How much a test is worth: how often it runs, times what depends on it (nothing known 1, low 2, medium 3, high 4), times one plus the share
    /// of unproven lines in its units. Frequency counts by its logarithm: a rare critical workflow is not below a frequent harmless one.
    /// </summary>
    private static double Weight(WorkflowSummary workflow)
    {
        var unproven = workflow.UnitLines == 0 ? 0 : (double)workflow.UnprovenLines / workflow.UnitLines;
        return Math.Log2(workflow.Traces + 1) * (workflow.Criticality is { } criticality ? (int)criticality + 2 : 1) * (1 + unproven);
    }

    private static (List<ShapeCount> Tests, List<ShapeCount> Real) Split(IReadOnlyList<ShapeCount> counts, string? tests)
    {
        var isTest = counts.ToLookup(count => count.IsTest
            || (tests is null ? TestEnvironments.Holds(count.Environment) : string.Equals(tests, count.Environment, StringComparison.Ordinal)));
        return ([.. isTest[true]], [.. isTest[false]]);
    }

    private static List<List<ShapeCount>> ByShape(IEnumerable<ShapeCount> counts) =>
    [
        .. counts.GroupBy(count => count.Shape.Id, StringComparer.Ordinal)
            .Select(shape => shape.ToList())
            .OrderByDescending(shape => shape.Sum(count => count.Traces))
            .ThenBy(shape => shape[0].Shape.Id, StringComparer.Ordinal),
    ];

    private async Task<List<WorkflowSummary>> SummariesAsync(
        IReadOnlyList<List<ShapeCount>> shapes, IReadOnlyList<ShapeCount> tests, CancellationToken cancel)
    {
        var appraisal = new UnitAppraisal(revisions, units);
        var tested = tests.Select(count => count.Shape).DistinctBy(shape => shape.Id, StringComparer.Ordinal).ToList();
        var summaries = new List<WorkflowSummary>();
        foreach (var counts in shapes)
        {
            var last = counts.MaxBy(count => count.LastSeen)!;
            var worth = await appraisal.OfAsync(last.Service, last.Version, last.Shape.Steps, cancel);
            var nearest = Nearest(last.Shape, tested);
            summaries.Add(new WorkflowSummary(
                last.Shape.Id,
                last.Service,
                counts.Sum(count => count.Traces),
                counts.Min(count => count.FirstSeen),
                last.LastSeen,
                last.Example,
                tested.Exists(shape => string.Equals(shape.Id, last.Shape.Id, StringComparison.Ordinal)),
                worth.Criticality,
                [.. worth.Areas],
                worth.Lines,
                worth.UnprovenLines,
                nearest?.Id,
                nearest is null ? null : [.. last.Shape.Steps.Where(step => !nearest.Steps.Any(step.IsSameAs))],
                [.. last.Shape.Steps]));
        }

        return summaries;
    }

    /// <summary>The shape with the largest share of steps in common.</summary>
    private static WorkflowShape? Nearest(WorkflowShape shape, IEnumerable<WorkflowShape> among) => among
        .Select(other => (Shape: other, Common: shape.Steps.Count(step => other.Steps.Any(step.IsSameAs))))
        .OrderByDescending(other => (double)other.Common / (shape.Steps.Length + other.Shape.Steps.Length - other.Common))
        .ThenBy(other => other.Shape.Id, StringComparer.Ordinal)
        .Select(other => other.Shape)
        .FirstOrDefault();
}
