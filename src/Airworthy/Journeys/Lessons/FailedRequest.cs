using Airworthy.Journeys.Queries;
using Airworthy.Model;
using Airworthy.Probes.Recordings;
using Airworthy.Probes.Replay;
using Airworthy.Telemetry;

namespace Airworthy.Journeys.Lessons;

/// <summary>Finds the request that failed in an incident, to be sent again: <c>airworthy lessons test --as http</c>.</summary>
/// <param name="File">The request.</param>
/// <param name="Hints">What else helps, a sentence each.</param>
public sealed record FailedRequest(RequestFile File, IReadOnlyList<string> Hints)
{
    /// <summary>The recorded request that failed as the incident did, else what telemetry tells of it.</summary>
    /// <param name="server">Who knows the incident.</param>
    /// <param name="id">The incident.</param>
    /// <param name="recordings">Recorded calls, and the folder they are in; null when there is none.</param>
    /// <param name="rules">One's own rules of what is secret, as <c>AIRWORTHY_REDACT</c> has them.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <exception cref="FaultException">There is no such incident, or it is of no request.</exception>
    public static async Task<FailedRequest> FindAsync(IServerQueries server, string id, (string Folder, RecordingSet Set)? recordings, string rules, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(server);
        var detail = await server.IncidentAsync(id, cancel) ?? throw RegressionTestJourney.NoSuch(id);
        var title = $"incident {detail.Incident.Id} of {detail.Incident.Service}: {RegressionTestJourney.TypeOf(detail)}";
        if (recordings is var (folder, set) && Among(set, detail) is [.., var last] failed)
        {
            return new FailedRequest(RequestFile.Of(last, RequestTests.Before(last, set.Recordings), title, rules), [Hint(failed, detail, folder)]);
        }

        var skeleton = detail.Operations.Select(operation => RequestFile.Skeleton(operation, title)).FirstOrDefault(file => file is not null)
            ?? throw new JourneyException(Fault.BadInput, $"incident '{id}' is of no request that telemetry names by method and route; see 'airworthy incidents show {id}'");
        return new FailedRequest(
            skeleton, recordings is null ? [] : [$"no recorded request of {detail.Incident.Service} failed so; record them with AIRWORTHY_RECORD, see docs/recordings.md"]);
    }

    /// <summary>The recorded requests that failed as the incident did, by their time: one of its operations, and its exception or an answer of 500 or above.</summary>
    internal static List<RecordedCall> Among(RecordingSet recordings, IncidentDetail detail)
    {
        var type = RegressionTestJourney.TypeOf(detail);
        var requests = recordings.Recordings
            .Where(call => call.Kind == RecordingKind.Http && (call.Service.Length == 0 || string.Equals(call.Service, detail.Incident.Service, StringComparison.Ordinal)))
            .ToList();
        var thrown = requests.Where(call => string.Equals(call.Exception, type, StringComparison.Ordinal)).ToList();
        var here = thrown.Where(IsHere).ToList();

        // An application that handles its exceptions answers 500, and its recording tells no exception.
        return here.Count > 0 ? here : thrown.Count > 0 ? thrown
            : [.. requests.Where(call => call.Exception is null && IsHere(call) && RecordedRequest.Of(call).Status >= 500)];

        bool IsHere(RecordedCall call) => detail.Operations.Any(operation => OperationLink.IsSame(operation, call.Unit));
    }

    /// <summary>What to do with them beside.</summary>
    internal static string Hint(List<RecordedCall> failed, IncidentDetail detail, string folder) =>
        $"{Words.Count(failed.Count, "recorded request")} failed so, {string.Join(", ", failed.Select(call => call.Unit).Distinct(StringComparer.Ordinal).Take(3))}: mend it, then "
        + $"'airworthy replay --base {detail.Revision?.Sha?[..12] ?? "BAD"} --recordings {folder} --report replay.json' sends what was recorded to both builds, and "
        + $"'airworthy recordings to-tests {folder} --unit {Quoted(failed[^1].Unit)} --replay replay.json --app APP.dll --output TESTS' makes tests of it";

    /// <summary>A route as a shell takes it; what could do more there is left to the reader.</summary>
    private static string Quoted(string route) => route.All(c => char.IsAsciiLetterOrDigit(c) || " /{}._:-".Contains(c, StringComparison.Ordinal)) ? $"\"{route}\"" : "ROUTE";
}
