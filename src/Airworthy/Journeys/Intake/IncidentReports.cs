using System.Globalization;
using System.Text;
using Airworthy.Code;
using Airworthy.Incidents;
using Airworthy.Model;

namespace Airworthy.Journeys.Intake;

/// <summary>
/// Takes reports of webhooks and people into incidents, beside the exceptions that telemetry sends: a stack trace joins the incident of the same
/// fingerprint, whoever saw it first; an alert without one is an incident of its own, whose cause is sought among what its service threw at that time.
/// </summary>
public sealed class IncidentReports(IIncidentStore incidents, ServerNews news, TimeProvider time)
{
    private const int LongestName = 255;
    private const int LongestTitle = 200;
    private const int LongestStack = 4 * 1024 * 1024;
    private static readonly TimeSpan s_skew = TimeSpan.FromMinutes(10);
    private static readonly DateTimeOffset s_earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Opens, or adds to, the incident that a person tells of. Gives its id.</summary>
    /// <exception cref="JourneyException">Something of it is missing or can't be.</exception>
    public async Task<IncidentId> OpenAsync(IncidentRequest request, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(request);
        var stack = string.IsNullOrWhiteSpace(request.Stack) ? null : request.Stack;
        var symptom = request.Symptom?.Trim();
        if (stack is null && string.IsNullOrEmpty(symptom))
        {
            throw Wrong("say what broke: a stack trace or a symptom");
        }

        if (stack is not null && StackTraces.Read(stack) is null)
        {
            throw Wrong($"no stack trace is found in it: known are {string.Join(", ", StackTraces.Dialects)}, each as its runtime writes it");
        }

        var at = request.At ?? time.GetUtcNow();
        var report = new IncidentReport(
            "report",
            Key: null,
            string.Create(CultureInfo.InvariantCulture, $"{at.UtcTicks}"),
            symptom ?? "",
            request.Service?.Trim() ?? "",
            request.Environment?.Trim() ?? "",
            string.IsNullOrWhiteSpace(request.Revision) ? ReportedVersion.None : Releases.ReleaseBook.VersionOf(request.Revision.Trim()),
            stack,
            at,
            IsOver: false);
        return (await TakeAsync([report], cancel))[0]!.Value;
    }

    /// <summary>Takes reports in, in order. Gives for each the incident that it is of; null for an end of what never began here.</summary>
    /// <exception cref="JourneyException">A name is missing or too long, or a time can't be; then none is taken.</exception>
    public async Task<IReadOnlyList<IncidentId?>> TakeAsync(IReadOnlyCollection<IncidentReport> reports, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(reports);
        foreach (var report in reports)
        {
            Check(report);
        }

        var taken = new List<IncidentId?>();
        foreach (var report in reports)
        {
            taken.Add(await TakeAsync(report, cancel));
        }

        return taken;
    }

    private async Task<IncidentId?> TakeAsync(IncidentReport report, CancellationToken cancel)
    {
        var trace = report.Stack is { } stack ? StackTraces.Read(stack) : null;
        var fingerprint = trace is null ? AlertFingerprint.Of(report) : StackFingerprint.Of(trace);
        var known = await incidents.FindAsync(report.Service, report.Environment, fingerprint, cancel);
        if (report.IsOver)
        {
            if (known is null)
            {
                return null;
            }

            if (known.Status == IncidentStatus.Open && report.At >= known.LastSeen)
            {
                await incidents.ResolveAsync(known.ResolvedBy(report.Source, report.At), cancel);
                news.Tell(new ServerEvent("incident", known.Id.Value));
            }

            return known.Id;
        }

        var incident = known is null
            ? Open(report, trace, fingerprint)
            : known.SeenAt(report.At) with { Versions = report.Version == ReportedVersion.None ? known.Versions : IncidentIntake.With(known.Versions, report.Version) };
        await incidents.RecordEpisodeAsync(sequence: 0, incident, $"{report.Source} {report.Key} {report.Episode}", cancel);
        news.Tell(new ServerEvent("incident", incident.Id.Value));
        return incident.Id;
    }

    private static Incident Open(IncidentReport report, StackTrace? trace, string fingerprint) => new(
        IncidentIntake.IdOf(report.Service, report.Environment, fingerprint),
        fingerprint,
        trace is null ? Short(report.Title) : IncidentIntake.TitleOf(trace),
        report.Service,
        report.Environment,
        report.Source,
        report.At,
        report.At,
        Episodes: 1,
        [report.Version],
        report.Stack ?? report.Title,
        IncidentStatus.Open,
        Repository: null,
        Attribution: null);

    private static string Short(string title)
    {
        var line = title.ReplaceLineEndings(" ").Trim();
        return line.Length <= LongestTitle ? line : line[..LongestTitle] + "…";
    }

    private void Check(IncidentReport report)
    {
        if (report.Service.Length == 0)
        {
            throw Wrong("'service' is missing: give the name it sends as service.name");
        }

        foreach (var (name, text) in new[] { ("service", report.Service), ("environment", report.Environment), ("revision", report.Version.Display) })
        {
            if (Encoding.UTF8.GetByteCount(text) > LongestName || text.Any(char.IsControl))
            {
                throw Wrong(string.Create(CultureInfo.InvariantCulture, $"'{name}' is longer than {LongestName} bytes, or holds control characters"));
            }
        }

        if (report.At < s_earliest || report.At > time.GetUtcNow() + s_skew)
        {
            throw Wrong(string.Create(CultureInfo.InvariantCulture, $"nothing broke at {report.At.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z: give a time since 2000 that is not ahead of now"));
        }

        if (report.Stack?.Length > LongestStack)
        {
            throw Wrong("the stack trace is longer than 4 MiB: send the part with the frames");
        }
    }

    private static JourneyException Wrong(string problem) => new(Fault.Usage, problem);
}
