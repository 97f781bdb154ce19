using System.Text;
using Airworthy.Journeys.Production;
using Airworthy.Journeys.Queries;
using Airworthy.Journeys.Services;
using Airworthy.Telemetry;

namespace Airworthy.Journeys.Doctor;

/// <summary>Tells what arrived of a service, whether it names a revision that a repository holds, and the exact line that mends what is missing.</summary>
public sealed class ServiceDoctor(
    ITelemetryStore telemetry, IServiceRegistry registry, RunningRevisions revisions, ServiceMappings mappings, IServerAddress address)
{
    private const string NameRevision = "OTEL_RESOURCE_ATTRIBUTES=vcs.ref.head.revision=$(git rev-parse HEAD)";

    private string Endpoint => $"OTEL_EXPORTER_OTLP_ENDPOINT={address.OtlpGrpc.GetLeftPart(UriPartial.Authority)}";

    /// <summary>One service, or all that sent something when <paramref name="service"/> is null.</summary>
    public async Task<IReadOnlyList<ServiceDiagnosis>> DiagnoseAsync(string? service, CancellationToken cancel)
    {
        var arrivals = await telemetry.ArrivalsAsync(service, cancel);
        var claims = await registry.ClaimsAsync(cancel);
        var mapped = (await mappings.AllAsync(cancel)).ToLookup(mapping => mapping.Service, ServiceMappings.Summary, StringComparer.Ordinal);
        if (service is not null && arrivals.Count == 0)
        {
            return [new ServiceDiagnosis(service, ClaimsOf(claims, service), [], [NothingArrived(service)])];
        }

        var diagnoses = new List<ServiceDiagnosis>();
        foreach (var group in arrivals.GroupBy(arrival => arrival.Service, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var versions = new List<ServiceVersion>();
            foreach (var arrival in group.OrderByDescending(arrival => arrival.LastSeen))
            {
                var resolved = await revisions.OfAsync(group.Key, arrival.Version, cancel);
                versions.Add(Version(arrival, resolved is null ? null : Answers.Revision(resolved.Revision)));
            }

            var claimed = ClaimsOf(claims, group.Key);
            var latest = group.MaxBy(arrival => arrival.LastSeen)!;
            diagnoses.Add(new ServiceDiagnosis(group.Key, claimed, versions, [.. GapsOf(latest, claimed, versions[0].Revision)])
            {
                Mappings = [.. mapped[group.Key]],
            });
        }

        return diagnoses;
    }

    /// <summary>What is missing of the server as a whole.</summary>
    internal IEnumerable<ServiceGap> GapsOfServer(int repositories, int services)
    {
        if (repositories == 0)
        {
            yield return new ServiceGap(null, true, "No repository is read, so no failure can be traced to code.", "airworthy repos add PATH");
        }

        if (services == 0)
        {
            yield return new ServiceGap(
                null, true, "No telemetry has arrived yet.", $"{Endpoint} OTEL_SERVICE_NAME=my-service");
        }
    }

    private static IEnumerable<ServiceGap> GapsOf(ArrivalSummary latest, IReadOnlyList<RepositoryClaim> claims, RunningRevision? revision)
    {
        var service = latest.Service;
        var version = latest.Version;
        if (!claims.Any(claim => claim.Confirmed))
        {
            var proposed = claims.Count > 0 ? $" It says it is {claims[0].Repository}, which the operator has to confirm." : "";
            yield return new ServiceGap(
                service,
                true,
                $"No repository is confirmed to run as {service}, so its failures can't be traced.{proposed}",
                $"airworthy repos add PATH --service {ShellWord(service)}");
        }

        if (version is { HeadRevision: null, GitCommitSha: null, SentryRelease: null, ServiceVersion: null })
        {
            yield return new ServiceGap(service, true, $"{service} does not say which revision it runs.", NameRevision);
        }
        else if (revision is { Sha: null })
        {
            yield return new ServiceGap(
                service, true, $"No repository holds the version it names, {version.Display}: it may not be pushed or fetched yet.", NameRevision);
        }
        else if (revision is { Degraded: true })
        {
            yield return new ServiceGap(
                service, false, $"{version.Display} is a branch, not a commit: blame may name what was never released.", NameRevision);
        }

        if (latest.Spans == 0)
        {
            yield return new ServiceGap(
                service, false, "No spans arrive, so calls can't be counted: only exceptions in log records are seen.", "OTEL_TRACES_EXPORTER=otlp");
        }
    }

    private ServiceGap NothingArrived(string service) => new(
        service,
        true,
        $"Nothing has arrived of a service named {service}.",
        $"OTEL_SERVICE_NAME={ShellWord(service)} {Endpoint}");

    private static IReadOnlyList<RepositoryClaim> ClaimsOf(IReadOnlyList<ServiceClaim> claims, string service) =>
    [
        .. claims
            .Where(claim => string.Equals(claim.Service, service, StringComparison.Ordinal))
            .Select(claim => new RepositoryClaim(claim.Repository, claim.Confirmed)),
    ];

    private static ServiceVersion Version(ArrivalSummary arrival, RunningRevision? revision) => new(
        arrival.Environment,
        arrival.Version.Display,
        revision,
        arrival.FirstSeen,
        arrival.LastSeen,
        arrival.Spans,
        arrival.Logs,
        arrival.Exceptions,
        arrival.WithCode,
        arrival.UnknownSampling);

    /// <summary>A sender's own name, safe to paste into a shell: a service may be called <c>x; rm -rf ~</c>.</summary>
    private static string ShellWord(string text)
    {
        if (text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '/'))
        {
            return text;
        }

        var quoted = new StringBuilder("'");
        foreach (var c in text.Where(c => !char.IsControl(c)))
        {
            quoted.Append(c == '\'' ? "'\\''" : c.ToString());
        }

        return quoted.Append('\'').ToString();
    }
}
