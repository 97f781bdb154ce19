using System.Text;
using Airworthy.Code;
using Airworthy.Feedback;
using Airworthy.Git;
using Airworthy.Journeys.Queries;
using Airworthy.Model;
using Airworthy.Probes.Recordings;

namespace Airworthy.Journeys.Lessons;

/// <summary>Finds what a regression test of an incident can be made of: <c>airworthy lessons test</c>.</summary>
/// <param name="Test">The test.</param>
/// <param name="Hints">What else helps, a sentence each.</param>
public sealed record RegressionTestJourney(RegressionTest Test, IReadOnlyList<string> Hints)
{
    /// <summary>Writes the test of an incident.</summary>
    /// <param name="server">Who knows the incident.</param>
    /// <param name="git">The repository it is of.</param>
    /// <param name="id">The incident.</param>
    /// <param name="recordings">Recorded calls, and the folder they are in; null when there is none.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <exception cref="FaultException">There is no such incident, or nothing of its trace is in the repository.</exception>
    public static async Task<RegressionTestJourney> FindAsync(
        IServerQueries server, GitRepository git, string id, (string Folder, RecordingSet Set)? recordings, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(server);
        ArgumentNullException.ThrowIfNull(git);
        var detail = await server.IncidentAsync(id, cancel) ?? throw NoSuch(id);
        var frame = detail.Frames.FirstOrDefault(frame => frame is { InApp: true, Path: not null, Unit: not null })
            ?? throw new JourneyException(Fault.BadInput, $"no function of incident '{id}' is known, so no test can be of it; see 'airworthy incidents show {id}'");
        var path = new RepoPath(frame.Path!);
        var source = detail.Revision?.Sha is { } sha && await git.TryResolveAsync(sha, cancel) is { } commit
            ? await git.ReadAsync(commit, path, CodeUnits.MaxBytes, cancel)
            : null;
        var type = TypeOf(detail);
        var test = RegressionTest.Write(
            new IncidentId(detail.Incident.Id), type, detail.Lessons is [var first, ..] ? first.FailureClass : null, frame.Unit!, path, frame.Line, source is null ? null : Encoding.UTF8.GetString(source));
        return new RegressionTestJourney(test, [.. Recorded(recordings, frame, type, detail)]);
    }

    /// <summary>The exception's type, as sent.</summary>
    internal static string TypeOf(IncidentDetail detail) => detail.Incident.Title.Split(": ", 2)[0];

    internal static JourneyException NoSuch(string id) => new(Fault.Usage, $"there is no incident '{id}'; see 'airworthy incidents list'");

    /// <summary>The recorded calls that failed as the incident did: one of them is the best input a test can have.</summary>
    private static IEnumerable<string> Recorded((string Folder, RecordingSet Set)? recordings, TraceFrame frame, string exceptionType, IncidentDetail detail)
    {
        if (recordings is not var (folder, set))
        {
            yield break;
        }

        var name = frame.Unit!.Split('(')[0];
        var failed = set.Recordings
            .Where(call => string.Equals(call.Exception, exceptionType, StringComparison.Ordinal) && call.Unit.Contains($".{name}(", StringComparison.Ordinal))
            .ToList();
        var requests = FailedRequest.Among(set, detail);
        if (failed.Count == 0 && requests.Count == 0)
        {
            yield return $"no recorded call of {name} ended in {exceptionType}; record them with AIRWORTHY_RECORD, see docs/recordings.md";
        }

        if (failed.Count > 0)
        {
            yield return $"{Words.Count(failed.Count, "recorded call")} of {name} ended in {exceptionType}: mend it, then "
                + $"'airworthy replay --base {detail.Revision?.Sha?[..12] ?? "BAD"} --recordings {folder} --report replay.json' and "
                + $"'airworthy recordings to-tests {folder} --unit {name} --replay replay.json --app APP.dll --output TESTS' make tests of them";
        }

        if (requests.Count > 0)
        {
            yield return FailedRequest.Hint(requests, detail, folder);
        }
    }
}
