using Airworthy.Code;
using Airworthy.Git;
using Airworthy.Incidents;
using Airworthy.Model;

namespace Airworthy.AttributionCases;

/// <summary>
/// Finds incidents in a clone's own history: fixes whose message holds a stack trace and names the commit that caused it. The trace is blamed at the fix's
/// parent, seen first when the fix was authored.
/// </summary>
internal static class Mining
{
    private const int MaxCases = 80;
    private const int MaxCandidates = 40;

    public static async Task<MinedProject> MineAsync(GitRepository repository, string project, string revision, CancellationToken cancel)
    {
        var cases = new List<MinedCase>();
        var subjects = new HashSet<string>(StringComparer.Ordinal);
        var dialects = new Dictionary<string, int>(StringComparer.Ordinal);
        await foreach (var fix in repository.HistoryAsync(revision, cancel))
        {
            if (cases.Count >= MaxCases || fix.Parents.Length != 1 || !MayHoldTrace(fix.Message) || StackTraces.Read(fix.Message) is not { } trace || Count(trace) < 2)
            {
                continue;
            }

            if (await NamedCause.FindAsync(repository, fix, cancel) is { Count: > 0 } causes && subjects.Add(fix.Subject)
                && await TryCaseAsync(repository, fix, trace, causes, cancel) is { } mined)
            {
                cases.Add(mined);
                dialects[trace.Dialect] = dialects.GetValueOrDefault(trace.Dialect) + 1;
                Console.Error.WriteLine($"{project} {fix.Id.Short} {trace.Dialect} frames {mined.Frames.Length} candidates {mined.Candidates.Length} {(mined.IsReachable ? $"cause at {Array.FindIndex(mined.Candidates, at => at.IsCause) + 1}" : "cause not among them")}");
            }
        }

        var kind = dialects.Count == 0 ? "none" : dialects.MaxBy(at => at.Value).Key;
        return new MinedProject(project, kind, [.. Enum.GetNames<FeatureKind>()], [.. cases]);
    }

    /// <summary>A snapshot may lack large files: what can't be read there is no case.</summary>
    private static async Task<MinedCase?> TryCaseAsync(
        GitRepository repository, Commit fix, StackTrace trace, IReadOnlyCollection<CommitId> causes, CancellationToken cancel)
    {
        try
        {
            return await CaseAsync(repository, fix.Id.Hex, fix.Parents[0], fix.AuthoredAt, trace, causes, cancel);
        }
        catch (GitException e)
        {
            Console.Error.WriteLine($"{fix.Id.Short} left out: {e.Message}");
            return null;
        }
    }

    /// <summary>One case; null when no frame of the trace is the repository's.</summary>
    public static async Task<MinedCase?> CaseAsync(
        GitRepository repository, string fix, CommitId revision, DateTimeOffset? seen, StackTrace trace, IReadOnlyCollection<CommitId> causes, CancellationToken cancel)
    {
        // Deletions are left out: they take most of the time and few cases have one, so their weight is set by hand.
        var attributor = new Attributor(
            repository,
            (_, _) => ValueTask.FromResult(Authorship.Unknown),
            (_, _) => ValueTask.FromResult<ChangeId?>(null),
            (_, _, _, _) => Task.FromResult<IReadOnlyList<Commit>>([]));
        var query = new AttributionQuery(trace, new DeployedRevision(revision, RevisionSource.Given, Degraded: false), seen);
        var (frames, candidates) = await attributor.CandidatesAsync(query, cancel);
        var own = frames.Where(frame => frame is { InApp: true, Path: not null }).ToArray();
        if (own.Length == 0)
        {
            return null;
        }

        var (top, newest) = await Baselines.OfAsync(repository, revision, frames);
        return new MinedCase(
            fix,
            revision.Hex,
            [.. causes.Select(cause => cause.Hex)],
            [.. own.Take(30).Select(frame => new MinedFrame(frame.Frame.Symbol, frame.Path!.Value.Value, frame.Line ?? frame.Frame.Line))],
            top is { } blamed && causes.Contains(blamed),
            newest is { } last && causes.Contains(last),
            [
                .. candidates.Select((candidate, place) => (candidate, place))
                    .Where(at => at.place < MaxCandidates || causes.Contains(at.candidate.Commit.Id))
                    .Select(at => new MinedCandidate(at.candidate.Commit.Id.Short, causes.Contains(at.candidate.Commit.Id), at.candidate.Vector())),
            ]);
    }

    /// <summary>Cheap: nothing that is no trace need be read as one.</summary>
    private static bool MayHoldTrace(string message) =>
        message.Contains("#1 ", StringComparison.Ordinal) || message.Contains("#1  ", StringComparison.Ordinal) || message.Contains("by 0x", StringComparison.Ordinal)
        || message.Contains("   at ", StringComparison.Ordinal) || message.Contains("\tat ", StringComparison.Ordinal) || message.Contains("Call Trace", StringComparison.OrdinalIgnoreCase)
        || message.Contains(", line ", StringComparison.Ordinal) || message.Contains(".c:", StringComparison.Ordinal) || message.Contains("goroutine ", StringComparison.Ordinal);

    private static int Count(StackTrace trace)
    {
        var frames = 0;
        for (var at = trace; at is not null; at = at.Inner)
        {
            frames += at.Frames.Count(frame => frame.Symbol is not null);
        }

        return frames;
    }
}
