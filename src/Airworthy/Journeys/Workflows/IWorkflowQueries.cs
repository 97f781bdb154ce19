namespace Airworthy.Journeys.Workflows;

/// <summary>What one may ask a server about workflows; in the server's own process it reads the store, elsewhere it goes over HTTP.</summary>
public interface IWorkflowQueries
{
    /// <summary>The workflows of production that no test has, the most telling first.</summary>
    Task<WorkflowCoverage> WorkflowsAsync(WorkflowQuestion question, CancellationToken cancel);

    /// <summary>The workflows whose shape begins with <paramref name="shape"/>, tested or not, one a service; of all services unless one is named.</summary>
    Task<WorkflowMatches> WorkflowAsync(string shape, string? service, string? tests, CancellationToken cancel);
}
