namespace Airworthy.Journeys.Queries;

/// <summary>
/// What one may ask a server. The API, the pages and the verbs all ask by it: in the server's own process it reads the stores
///, elsewhere it goes over HTTP. A null answer means there is no such thing.
/// </summary>
public interface IServerQueries
{
    /// <summary>The state of everything, the worst first.</summary>
    Task<Overview> OverviewAsync(CancellationToken cancel);

    /// <summary>Changes, suspects first, then the newest.</summary>
    Task<IReadOnlyList<ChangeSummary>> ChangesAsync(ChangeFilter filter, CancellationToken cancel);

    /// <summary>One change; <paramref name="id"/> may also be the id of one of its commits.</summary>
    Task<ChangeDetail?> ChangeAsync(string repository, string id, CancellationToken cancel);

    /// <summary>Incidents, the one seen last first.</summary>
    Task<IReadOnlyList<IncidentSummary>> IncidentsAsync(int limit, CancellationToken cancel);

    Task<IncidentDetail?> IncidentAsync(string id, CancellationToken cancel);

    /// <summary>Lessons of a repository, or of all when null; newest first.</summary>
    Task<IReadOnlyList<LessonSummary>> LessonsAsync(string? repository, CancellationToken cancel);

    /// <summary>What arrived of one service, or of all when null, and what is missing.</summary>
    Task<IReadOnlyList<ServiceDiagnosis>> ServicesAsync(string? service, CancellationToken cancel);

    Task<IReadOnlyList<RepositorySummary>> RepositoriesAsync(CancellationToken cancel);

    /// <summary>What is known of one file of a repository.</summary>
    /// <param name="repository">The repository's name.</param>
    /// <param name="path">The file, from its top.</param>
    /// <param name="cancel">Ends the wait.</param>
    Task<CodeRecord?> CodeAsync(string repository, string path, CancellationToken cancel);

    /// <summary>What the watched changes in a revision that a service rolls out say of it; null when no repository of it holds the revision.</summary>
    Task<RolloutVerdict?> RolloutAsync(string service, string revision, CancellationToken cancel);

    /// <summary>What production showed of each unit of a service.</summary>
    Task<EvidenceAnswer> EvidenceAsync(EvidenceQuestion question, CancellationToken cancel);
}
