using System.Text.Json;
using Airworthy.Probes.Recordings;

namespace Airworthy.Probes.Replay;

/// <summary>Makes recorded calls again in a built application.</summary>
internal static class ReplayRun
{
    /// <summary>What each call came to, by its recording's id.</summary>
    /// <param name="application">The assembly to start.</param>
    /// <param name="recordings">The calls.</param>
    /// <param name="patience">How long one call may take.</param>
    /// <param name="results">A file to write, that is not there yet.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <exception cref="ProbeException">The application can't be started at all.</exception>
    public static async Task<IReadOnlyDictionary<Guid, ReplayedCall>> RunAsync(
        string application, IReadOnlyList<RecordedCall> recordings, TimeSpan patience, string results, CancellationToken cancel)
    {
        var answers = await WorkerRun.RunAsync(application, recordings.Select(recording => recording.Document), isTests: false, patience, results, cancel);
        return answers.ToDictionary(answer => answer.Key, answer => Call(answer.Value));
    }

    private static ReplayedCall Call(JsonElement answer) => answer.GetProperty("state").GetString() switch
    {
        "returned" => new ReplayedCall(ReplayState.Returned, "", answer.GetProperty("outcome").Clone()),
        "threw" => new ReplayedCall(ReplayState.Threw, "", answer.GetProperty("outcome").Clone()),
        "timed-out" => new ReplayedCall(ReplayState.TimedOut, "", Outcome: null),
        "crashed" => new ReplayedCall(ReplayState.Crashed, answer.GetProperty("reason").GetString() ?? "", Outcome: null),
        _ => new ReplayedCall(ReplayState.NotReplayable, answer.GetProperty("reason").GetString() ?? "", Outcome: null),
    };
}
