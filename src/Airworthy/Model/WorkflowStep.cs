namespace Airworthy.Model;

/// <summary>One step of a workflow, without what differs from one run to the next: no ids, numbers or free text.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">The route, function, target, culture or flag. Hostile text, bounded.</param>
/// <param name="Attributes">What tells one way through it from another: <c>error=…</c>, <c>status=4xx</c>, booleans; sorted, empty when none.</param>
/// <param name="File">Where the code of a <see cref="WorkflowStepKind.Unit"/> is, as sent; no part of the shape, for files move.</param>
public sealed record WorkflowStep(WorkflowStepKind Kind, string Name, string Attributes, string? File)
{
    /// <summary>The step as a person reads it.</summary>
    public string Display => Attributes.Length == 0 ? Name : $"{Name} [{Attributes}]";

    /// <summary>True when both are the same step of a shape.</summary>
    public bool IsSameAs(WorkflowStep other) =>
        Kind == other.Kind
        && string.Equals(Name, other.Name, StringComparison.Ordinal)
        && string.Equals(Attributes, other.Attributes, StringComparison.Ordinal);
}
