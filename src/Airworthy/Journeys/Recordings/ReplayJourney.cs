using Airworthy.Git;
using Airworthy.Model;
using Airworthy.Probes;
using Airworthy.Probes.Recordings;
using Airworthy.Probes.Replay;

namespace Airworthy.Journeys.Recordings;

/// <summary>Runs recorded calls and requests against two revisions, and tells what they make of them.</summary>
public static class ReplayJourney
{
    /// <param name="repository">Where the revisions are.</param>
    /// <param name="question">What to compare.</param>
    /// <param name="recordings">The recorded calls and requests.</param>
    /// <param name="progress">Told what is being done.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <exception cref="FaultException">A revision can't be had or built.</exception>
    public static async Task<ReplayReport> RunAsync(
        GitRepository repository, ReplayQuestion question, RecordingSet recordings, IProgress<string> progress, CancellationToken cancel)
    {
        if (recordings.Recordings.IsEmpty)
        {
            return new ReplayReport(question.Base.Hex, question.Head.Hex, [], recordings.Unreadable);
        }

        var assemblies = recordings.Recordings.Select(recording => recording.Assembly).Distinct(StringComparer.Ordinal).ToList();
        if (question.Project is null && assemblies.Count > 1)
        {
            throw new ProbeException(Fault.Usage, $"the recordings are of several assemblies ({string.Join(", ", assemblies)}); name the application that uses them with --project");
        }

        var work = Directory.CreateTempSubdirectory("airworthy-replay-");
        try
        {
            var built = new List<BuiltRevision>();
            foreach (var (revision, name) in new[] { (question.Base, "base"), (question.Head, "head") })
            {
                var label = $"the {name} {revision.Hex[..12]}";
                progress.Report($"building {label}");
                var folder = Path.Combine(work.FullName, name);
                await RevisionCheckout.WriteAsync(repository, revision, folder, cancel);
                built.Add(await BuiltRevision.BuildAsync(folder, assemblies[0], question.Project, label, cancel));
            }

            // The base runs twice: what differs between its own runs says nothing about the head.
            var first = await RunAsync(built[0], "base once");
            var second = await RunAsync(built[0], "base again");
            var head = await RunAsync(built[1], "head");
            return new ReplayReport(
                question.Base.Hex,
                question.Head.Hex,
                [.. recordings.Recordings.Select(recording => ReplayComparison.Of(recording, first[recording.Id], second[recording.Id], head[recording.Id]))],
                recordings.Unreadable);
        }
        finally
        {
            work.Delete(recursive: true);
        }

        async Task<IReadOnlyDictionary<Guid, ReplayedCall>> RunAsync(BuiltRevision revision, string name)
        {
            progress.Report($"replaying {Words.Count(recordings.Recordings.Length, "recording")}: {name}");
            var kinds = recordings.Recordings.ToLookup(recording => recording.Kind);
            var calls = await ReplayRun.RunAsync(revision.Application, [.. kinds[RecordingKind.Method]], question.Patience, Path.Combine(work.FullName, name + ".results"), cancel);
            var requests = await ServiceRun.RunAsync(revision.Application, [.. kinds[RecordingKind.Http]], question.Patience, Path.Combine(work.FullName, name), cancel);
            return calls.Concat(requests).ToDictionary();
        }
    }
}
