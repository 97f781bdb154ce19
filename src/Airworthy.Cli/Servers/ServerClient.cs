using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Airworthy.Alerts;
using Airworthy.Journeys;
using Airworthy.Journeys.Intake;
using Airworthy.Journeys.Queries;
using Airworthy.Journeys.Recordings;
using Airworthy.Journeys.Releases;
using Airworthy.Journeys.Services;
using Airworthy.Journeys.Workflows;
using Airworthy.Model;
using Airworthy.Probation;

namespace Airworthy.Cli.Servers;

/// <summary>Asks a server over HTTP what <see cref="ServerQueries"/> would answer in its own process.</summary>
internal sealed class ServerClient : IServerQueries, IWorkflowQueries, IServerActions, IReleases, IDisposable
{
    private const long LargestAnswer = 64 * 1024 * 1024;
    private readonly HttpClient _http;
    private readonly Uri _server;

    /// <param name="server">The server's address.</param>
    /// <param name="token">Its token; null when it has none.</param>
    public ServerClient(Uri server, string? token)
    {
        // A redirect could carry the token elsewhere; a proxy has no business with this machine's own server.
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = !server.IsLoopback })
        {
            MaxResponseContentBufferSize = LargestAnswer,
            Timeout = TimeSpan.FromSeconds(100),
        };
        if (token is not null)
        {
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        _server = server.AbsoluteUri.EndsWith('/') ? server : new Uri(server.AbsoluteUri + "/");
    }

    public async Task<Overview> OverviewAsync(CancellationToken cancel) => await AskAsync<Overview>("api/overview", cancel);

    public async Task<IReadOnlyList<ChangeSummary>> ChangesAsync(ChangeFilter filter, CancellationToken cancel) =>
        (await AskAsync<ChangeList>(
            "api/changes" + Query(
                ("repository", filter.Repository),
                ("state", filter.State?.ToString().ToLowerInvariant()),
                ("authorship", filter.Authorship?.ToString().ToLowerInvariant()),
                ("limit", filter.Limit.ToString(CultureInfo.InvariantCulture)),
                ("agent", filter.Agent),
                ("service", filter.Service),
                ("path", filter.Path),
                ("sort", filter.ByExposure ? "exposure" : null)),
            cancel)).Changes;

    public Task<ChangeDetail?> ChangeAsync(string repository, string id, CancellationToken cancel) =>
        FindAsync<ChangeDetail>($"api/changes/{Uri.EscapeDataString(repository)}/{Uri.EscapeDataString(id)}", cancel);

    public async Task<IReadOnlyList<IncidentSummary>> IncidentsAsync(int limit, CancellationToken cancel) =>
        (await AskAsync<IncidentList>("api/incidents" + Query(("limit", limit.ToString(CultureInfo.InvariantCulture))), cancel)).Incidents;

    public Task<IncidentDetail?> IncidentAsync(string id, CancellationToken cancel) =>
        // Without an id the address would be the list's.
        string.IsNullOrWhiteSpace(id)
            ? Task.FromResult<IncidentDetail?>(null)
            : FindAsync<IncidentDetail>($"api/incidents/{Uri.EscapeDataString(id)}", cancel);

    public async Task<IReadOnlyList<LessonSummary>> LessonsAsync(string? repository, CancellationToken cancel) =>
        (await AskAsync<LessonList>("api/lessons" + Query(("repository", repository)), cancel)).Lessons;

    /// <summary>Edits, accepts or retires a lesson.</summary>
    public async Task<LessonSummary> ChangeLessonAsync(string id, LessonEdit edit, CancellationToken cancel)
    {
        using var answer = await SendAsync(Post($"api/lessons/{Uri.EscapeDataString(id)}", edit), cancel);
        await RefuseFaultAsync(answer, cancel);
        return await ReadAsync<LessonSummary>(answer, cancel);
    }

    public async Task<IReadOnlyList<ServiceDiagnosis>> ServicesAsync(string? service, CancellationToken cancel) =>
        service is null
            ? (await AskAsync<ServiceList>("api/services", cancel)).Services
            : [await AskAsync<ServiceDiagnosis>($"api/services/{Uri.EscapeDataString(service)}", cancel)];

    public async Task<IReadOnlyList<RepositorySummary>> RepositoriesAsync(CancellationToken cancel) =>
        (await AskAsync<RepositoryList>("api/repositories", cancel)).Repositories;

    public Task<CodeRecord?> CodeAsync(string repository, string path, CancellationToken cancel) =>
        FindAsync<CodeRecord>("api/code" + Query(("repository", repository), ("path", path)), cancel);

    public async Task<EvidenceAnswer> EvidenceAsync(EvidenceQuestion question, CancellationToken cancel) =>
        await AskAsync<EvidenceAnswer>(
            "api/evidence" + Query(
                ("service", question.Service),
                ("revision", question.Revision),
                ("from", question.From?.ToString("O", CultureInfo.InvariantCulture)),
                ("to", question.To?.ToString("O", CultureInfo.InvariantCulture))),
            cancel);

    public async Task<RolloutVerdict?> RolloutAsync(string service, string revision, CancellationToken cancel) =>
        await AskAsync<RolloutVerdict>("api/rollout" + Query(("service", service), ("revision", revision)), cancel);

    public async Task<Decision> DecideAsync(string repository, string id, DecisionRequest request, CancellationToken cancel)
    {
        using var answer = await SendAsync(
            Post($"api/changes/{Uri.EscapeDataString(repository)}/{Uri.EscapeDataString(id)}/decisions", request), cancel);
        await RefuseFaultAsync(answer, cancel);
        return await ReadAsync<Decision>(answer, cancel);
    }

    public async Task<ReleaseSummary> DeployedAsync(DeploymentRequest request, CancellationToken cancel)
    {
        using var answer = await SendAsync(Post("api/deployments", request), cancel);
        await RefuseFaultAsync(answer, cancel);
        return await ReadAsync<ReleaseSummary>(answer, cancel);
    }

    public async Task<IReadOnlyList<ReleaseSummary>> ReleasesAsync(string? service, int limit, CancellationToken cancel) =>
        (await AskAsync<ReleaseList>("api/releases" + Query(("service", service), ("limit", limit.ToString(CultureInfo.InvariantCulture))), cancel)).Releases;

    /// <summary>Says what a service's telemetry means; see <see cref="ServiceMappings"/>.</summary>
    public async Task<MappingSummary> MapAsync(string service, MappingRequest request, CancellationToken cancel)
    {
        using var answer = await SendAsync(Post($"api/services/{Uri.EscapeDataString(service)}/mappings", request), cancel);
        await RefuseFaultAsync(answer, cancel);
        return await ReadAsync<MappingSummary>(answer, cancel);
    }

    public async Task<Acknowledgement> AcknowledgeAsync(string repository, string id, AcknowledgementRequest request, CancellationToken cancel)
    {
        using var answer = await SendAsync(
            Post($"api/changes/{Uri.EscapeDataString(repository)}/{Uri.EscapeDataString(id)}/acknowledgements", request), cancel);
        await RefuseFaultAsync(answer, cancel);
        return await ReadAsync<Acknowledgement>(answer, cancel);
    }

    public async Task<Silence> SilenceAsync(SilenceRequest request, CancellationToken cancel)
    {
        using var answer = await SendAsync(Post("api/silences", request), cancel);
        await RefuseFaultAsync(answer, cancel);
        return await ReadAsync<Silence>(answer, cancel);
    }

    public Task<WorkflowCoverage> WorkflowsAsync(WorkflowQuestion question, CancellationToken cancel) =>
        AskAsync<WorkflowCoverage>(
            "api/workflows" + Query(
                ("service", question.Service),
                ("environment", question.Environment),
                ("tests", question.Tests),
                ("limit", question.Limit.ToString(CultureInfo.InvariantCulture))),
            cancel);

    /// <summary>What a service is asked to record.</summary>
    public Task<WantedRecordings> WantedAsync(string service, CancellationToken cancel) => AskAsync<WantedRecordings>("api/recordings/wanted" + Query(("service", service)), cancel);

    public Task<WorkflowMatches> WorkflowAsync(string shape, string? service, string? tests, CancellationToken cancel) =>
        AskAsync<WorkflowMatches>($"api/workflows/{Uri.EscapeDataString(shape)}" + Query(("service", service), ("tests", tests)), cancel);

    public async Task<RepositorySummary> AddRepositoryAsync(string pathOrUrl, CancellationToken cancel)
    {
        var request = pathOrUrl.Contains("://", StringComparison.Ordinal) ? new RepositoryRequest(Url: pathOrUrl) : new RepositoryRequest(Path: pathOrUrl);
        using var answer = await SendAsync(Post("api/repositories", request), cancel);
        await RefuseFaultAsync(answer, cancel);
        return await ReadAsync<RepositorySummary>(answer, cancel);
    }

    public async Task ConfirmClaimAsync(string service, string repository, CancellationToken cancel)
    {
        using var answer = await SendAsync(Post($"api/services/{Uri.EscapeDataString(service)}/claims", new ClaimRequest(repository)), cancel);
        await RefuseFaultAsync(answer, cancel);
    }

    public async Task<IncidentOpened> OpenAsync(IncidentRequest request, CancellationToken cancel)
    {
        using var answer = await SendAsync(Post("api/incidents", request), cancel);
        await RefuseFaultAsync(answer, cancel);
        return await ReadAsync<IncidentOpened>(answer, cancel);
    }

    public async Task ProveAsync(string incident, ProofRequest request, CancellationToken cancel)
    {
        using var answer = await SendAsync(Post($"api/incidents/{Uri.EscapeDataString(incident)}/proof", request), cancel);
        await RefuseFaultAsync(answer, cancel);
    }

    public void Dispose() => _http.Dispose();

    private static string Query(params ReadOnlySpan<(string Name, string? Value)> parameters)
    {
        var parts = new List<string>();
        foreach (var (name, value) in parameters)
        {
            if (value is not null)
            {
                parts.Add($"{name}={Uri.EscapeDataString(value)}");
            }
        }

        return parts.Count == 0 ? "" : "?" + string.Join('&', parts);
    }

    private HttpRequestMessage Post<T>(string path, T body) =>
        new(HttpMethod.Post, new Uri(_server, path)) { Content = JsonContent.Create(body, options: AirworthyJson.Compact) };

    private async Task<T> AskAsync<T>(string path, CancellationToken cancel)
    {
        using var answer = await SendAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(_server, path)), cancel);
        await RefuseFaultAsync(answer, cancel);
        return await ReadAsync<T>(answer, cancel);
    }

    private async Task<T?> FindAsync<T>(string path, CancellationToken cancel)
        where T : class
    {
        using var answer = await SendAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(_server, path)), cancel);
        if (answer.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }

        await RefuseFaultAsync(answer, cancel);
        return await ReadAsync<T>(answer, cancel);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        using (request)
        {
            try
            {
                return await _http.SendAsync(request, cancel);
            }
            catch (Exception e) when (e is HttpRequestException || (e is TaskCanceledException && !cancel.IsCancellationRequested))
            {
                throw new ServerUnreachableException(
                    Fault.Unavailable, $"no server answers at {_server}; start one with 'airworthy serve', or name another by --server URL", e);
            }
        }
    }

    private async Task RefuseFaultAsync(HttpResponseMessage answer, CancellationToken cancel)
    {
        if (answer.IsSuccessStatusCode)
        {
            return;
        }

        if (answer.StatusCode == HttpStatusCode.Unauthorized)
        {
            throw new ServerUnreachableException(
                Fault.Usage, await DetailAsync(answer, cancel) ?? $"the server at {_server} asks for its token: add --token-file FILE");
        }

        var fault = (int)answer.StatusCode switch
        {
            422 => Fault.BadInput,
            >= 400 and < 500 => Fault.Usage,
            _ => Fault.Unavailable,
        };
        throw new ServerUnreachableException(fault, await DetailAsync(answer, cancel) ?? $"{_server} answered {(int)answer.StatusCode}, so it may be no Airworthy server");
    }

    private async Task<T> ReadAsync<T>(HttpResponseMessage answer, CancellationToken cancel)
    {
        try
        {
            return await answer.Content.ReadFromJsonAsync<T>(AirworthyJson.Compact, cancel) ?? throw new JsonException("null");
        }
        catch (JsonException e)
        {
            throw new ServerUnreachableException(
                Fault.Unavailable, $"{_server} did not answer as this version expects; check that it is an Airworthy server of the same version", e);
        }
    }

    /// <summary>The sentence in the problem details; null when the answer is none.</summary>
    private static async Task<string?> DetailAsync(HttpResponseMessage answer, CancellationToken cancel)
    {
        try
        {
            using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(cancel));
            return problem.RootElement.ValueKind == JsonValueKind.Object
                && problem.RootElement.TryGetProperty("detail", out var detail)
                && detail.ValueKind == JsonValueKind.String
                    ? detail.GetString()
                    : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
