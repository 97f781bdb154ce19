namespace Airworthy.Model;

/// <summary>What a step of a workflow is.</summary>
public enum WorkflowStepKind
{
    /// <summary>Where the work came in: a request served, a message consumed.</summary>
    Entry,

    /// <summary>A function that ran.</summary>
    Unit,

    /// <summary>A call that left the service.</summary>
    Outward,

    /// <summary>The culture the work was done for.</summary>
    Culture,

    /// <summary>A feature flag and its variant.</summary>
    Flag,
}
