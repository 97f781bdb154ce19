using Airworthy.Model;
using Airworthy.Policies;

namespace Airworthy.Journeys.Workflows;

/// <summary>One workflow, and why a test of it is worth writing.</summary>
/// <param name="Shape">The id of its shape.</param>
/// <param name="Service"><c>service.name</c>.</param>
/// <param name="Traces">How many production traces had it.</param>
/// <param name="FirstSeen">When the first of them came, UTC.</param>
/// <param name="LastSeen">When the last of them came, UTC.</param>
/// <param name="ExampleTrace">The id of one of them.</param>
/// <param name="IsTested">True when a test's trace had the same shape.</param>
/// <param name="Criticality">Of the most critical unit it passes; null when none is in a critical area, or none is known.</param>
/// <param name="Areas">The critical areas it passes.</param>
/// <param name="UnitLines">Lines of the units it passes that could be found at the running revision.</param>
/// <param name="UnprovenLines">Those among them that an agent wrote, or nobody is known to have written.</param>
/// <param name="NearestTest">The test shape that has the most steps in common; null without any.</param>
/// <param name="NewSteps">The steps that the nearest test shape does not have; null without one.</param>
/// <param name="Steps">All its steps.</param>
public sealed record WorkflowSummary(
    string Shape,
    string Service,
    long Traces,
    DateTimeOffset FirstSeen,
    DateTimeOffset LastSeen,
    string ExampleTrace,
    bool IsTested,
    Criticality? Criticality,
    IReadOnlyList<string> Areas,
    long UnitLines,
    long UnprovenLines,
    string? NearestTest,
    IReadOnlyList<WorkflowStep>? NewSteps,
    IReadOnlyList<WorkflowStep> Steps)
{
    /// <summary>Recordings of it, the beginning of whose ids these are; null when none were looked for.</summary>
    public IReadOnlyList<string>? Recordings { get; init; }
}
