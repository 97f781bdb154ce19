namespace Airworthy.Telemetry.Workflows;

/// <summary>Keeps the steps of open traces, and the counts of shapes of closed ones.</summary>
public interface IWorkflowStore
{
    /// <summary>Closes the traces that were quiet for long enough, in one transaction; returns how many.</summary>
    Task<int> CloseAsync(CancellationToken cancel);

    /// <summary>The counts of a service's shapes, in all environments and versions.</summary>
    Task<IReadOnlyList<ShapeCount>> CountsAsync(string service, CancellationToken cancel);

    /// <summary>Where shapes were seen whose id begins with <paramref name="shape"/>: in all services unless one is named.</summary>
    Task<IReadOnlyList<(string Shape, string Service)>> FindAsync(string shape, string? service, CancellationToken cancel);

    /// <summary>What no shape of a service counts.</summary>
    Task<WorkflowOmissions> OmissionsAsync(string service, CancellationToken cancel);
}
