using System.Globalization;
using Airworthy.Code;
using Airworthy.Feedback;
using Airworthy.Git;
using Airworthy.Incidents;
using Airworthy.Journeys.Production;
using Airworthy.Journeys.Repositories;
using Airworthy.Journeys.Services;
using Airworthy.Model;
using Airworthy.Probation;

namespace Airworthy.Journeys.Intake;

/// <summary>
/// Seeks the change behind each incident that has no answer yet, and draws the consequences: the change becomes suspect, a lesson is
/// written. What waits for a commit or for the operator is tried again. The answer is stored last, so a crash repeats the whole, and each
/// step bears being repeated.
/// </summary>
public sealed class IncidentAnswering(
    IIncidentStore incidents,
    RunningRevisions revisions,
    ServiceMappings mappings,
    RepositoryIndexer indexer,
    IChangeLedger ledger,
    ILessonStore lessons,
    LessonWriter writer,
    IncidentContext context,
    ServerNews news,
    TimeProvider time)
{
    private const int AtOnce = 200;

    private readonly SetAside<IncidentId> _setAside = new();

    /// <summary>Tries every incident without an answer once. Gives how many got one.</summary>
    public async Task<int> AnswerAsync(CancellationToken cancel)
    {
        var answered = 0;
        foreach (var incident in await incidents.UnansweredAsync(AtOnce, cancel))
        {
            if (_setAside.Holds(incident.Id))
            {
                continue;
            }

            _setAside.Take(incident.Id);
            answered += await AnswerAsync(incident, cancel) ? 1 : 0;
            _setAside.Done();
        }

        return answered;
    }

    /// <summary>Says that answering an incident met a defect of Airworthy. Gives the incident when it was the last try until the next start.</summary>
    public IncidentId? Fail() => _setAside.Fail();

    private async Task<bool> AnswerAsync(Incident incident, CancellationToken cancel)
    {
        if (await RunningAsync(incident, cancel) is not { } running)
        {
            return false;
        }

        var proof = await incidents.ProofAsync(incident.Id, cancel);
        if (running.Revision.Commit is null && proof is not null && await running.Git.TryResolveAsync(proof.Bad.Hex, cancel) is { } failing)
        {
            // The experiment failed there: as good as having run there.
            running = running with { Revision = new DeployedRevision(failing, RevisionSource.Given, Degraded: false) };
        }

        if (running.Revision.Commit is null && incident.Attribution is not null)
        {
            // It was told already that the revision is not known; only the commit's arrival changes that.
            return false;
        }

        try
        {
            var own = StackTraces.Read(incident.Stack);
            var joined = own is null ? await context.JoinAsync(incident, cancel) : null;
            var trace = await mappings.TraceAsync(incident.Service, own ?? joined?.Trace ?? new StackTrace("unknown", null, null, []), cancel);
            var attribution = await AttributeAsync(incident, trace, running, cancel);
            if (joined is { Incident: var other })
            {
                attribution = attribution with { Reason = $"no stack was told; {incident.Service} threw {other.Title} at that time (incident {other.Id}): {attribution.Reason}" };
            }

            attribution = await ProvenAsync(attribution, proof, running, cancel);
            if (attribution is { Verdict: AttributionVerdict.Attributed, Suspects: [{ Role: SuspectRole.Caused } culprit, ..] })
            {
                await SuspectAsync(incident, trace, running, attribution, culprit, cancel);
            }

            await incidents.AttributeAsync(incident, running.Repository, attribution, cancel);
        }
        catch (GitException)
        {
            // The repository can't be read now, which its page tells; the incident keeps waiting.
            return false;
        }

        news.Tell(new ServerEvent("incident", incident.Id.Value));
        return running.Revision.Commit is not null;
    }

    /// <summary>The first of the incident's versions whose commit is there, else what the first one means so far.</summary>
    private async Task<ResolvedVersion?> RunningAsync(Incident incident, CancellationToken cancel)
    {
        ResolvedVersion? first = null;
        foreach (var version in incident.Versions)
        {
            var running = await revisions.OfAsync(incident.Service, version, cancel);
            if (running is { Revision.Commit: not null })
            {
                return running;
            }

            first ??= running;
        }

        return first;
    }

    private async Task<Attribution> AttributeAsync(Incident incident, StackTrace trace, ResolvedVersion running, CancellationToken cancel)
    {
        if (running.Revision.Commit is not { } revision)
        {
            return new Attribution(
                AttributionVerdict.NotAttributable,
                $"The revision that {incident.Service} ran is not in {running.Repository} yet; it is sought again as the repository advances.",
                Confidence: 0,
                running.Revision,
                [],
                []);
        }

        var view = await indexer.HoldingAsync(running.Repository, running.Git, revision, revision, cancel);
        var turned = await context.TurnedAsync(running.Repository, incident, cancel);
        if (trace.Frames.IsEmpty && trace.Inner is null && Turned(incident, running, view, turned) is { } answer)
        {
            return answer;
        }

        var attributor = AttributeJourney.AttributorOf(
            running.Git,
            (commit, _) => ValueTask.FromResult(view.AuthorshipOf(commit)),
            (commit, _) => ValueTask.FromResult(view.Changes.Of(commit)?.Id),
            (commit, _) => ValueTask.FromResult<IReadOnlyList<ChangeFinding>>(turned.TryGetValue(commit, out var found) ? [new ChangeFinding(IsTrial: false, found.Told)] : []));
        var before = await context.ReleaseBeforeAsync(incident, running, cancel);
        return await attributor.AttributeAsync(new AttributionQuery(trace, running.Revision, incident.FirstSeen, before), cancel);
    }

    /// <summary>Without any frame, what production turned against at that time is suspect; one alone may be it, more are ambiguous.</summary>
    private static Attribution? Turned(
        Incident incident, ResolvedVersion running, RepositoryView view, IReadOnlyDictionary<CommitId, (TrackedChange Change, string Told)> turned)
    {
        var changes = turned.Values.DistinctBy(found => found.Change.Change.Id).OrderByDescending(found => found.Change.Since).ToArray();
        if (changes.Length == 0)
        {
            return null;
        }

        // Beside the rival that it was none of them; nothing else tells them apart.
        var belief = 1.0 / (changes.Length + 1);
        return new Attribution(
            AttributionVerdict.Ambiguous,
            $"no stack was told; production turned against {Words.Count(changes.Length, "change")} of {incident.Service} at that time",
            belief,
            running.Revision,
            [],
            [.. changes.Select(found => new Suspect(found.Change.Change.Landed, found.Change.Change.Id, SuspectRole.Caused, belief, Proof: null, [found.Told], view.AuthorshipOf(found.Change.Change)))]);
    }

    /// <summary>What an experiment named goes before what is only suspected.</summary>
    private async Task<Attribution> ProvenAsync(Attribution attribution, IncidentProof? proof, ResolvedVersion running, CancellationToken cancel)
    {
        if (proof is null || running.Revision.Commit is not { } revision || await running.Git.TryResolveAsync(proof.FirstBad.Hex, cancel) is null)
        {
            return attribution;
        }

        var view = await indexer.HoldingAsync(running.Repository, running.Git, proof.FirstBad, revision, cancel);
        return proof.Over(attribution, view.Changes.Of(proof.FirstBad)?.Id, view.AuthorshipOf(proof.FirstBad));
    }

    private async Task SuspectAsync(
        Incident incident, StackTrace trace, ResolvedVersion running, Attribution attribution, Suspect culprit, CancellationToken cancel)
    {
        var view = await indexer.HoldingAsync(running.Repository, running.Git, culprit.Commit, running.Revision.Commit!.Value, cancel);
        if (view.Changes.Of(culprit.Commit) is not { } change)
        {
            return;
        }

        var authorship = view.AuthorshipOf(change);
        if (!view.IsOnProbation(authorship))
        {
            return;
        }

        await indexer.TrackAsync(view, change, authorship, cancel);
        await MoveAsync(view, change, incident, attribution, cancel);
        if (await FailureSites.FindAsync(view.Git, running.Revision.Commit!.Value, attribution, culprit.Commit, trace.Root.Type, cancel) is { } site)
        {
            await TeachAsync(view, change, incident, site, cancel);
        }
    }

    private async Task MoveAsync(RepositoryView view, Change change, Incident incident, Attribution attribution, CancellationToken cancel)
    {
        var reason = string.Create(
            CultureInfo.InvariantCulture, $"Incident {incident.Id} is attributed to it with confidence {attribution.Confidence:0.00}.");
        var step = new Transition(
            change.Id, ChangeState.Experimental, ChangeState.Suspect, time.GetUtcNow(), reason, incident.Id, view.Policy.Digest);
        if (await ledger.MoveAsync(view.Name, step, cancel))
        {
            news.Tell(new ServerEvent("change", $"{view.Name}/{change.Id}"));
        }
    }

    private async Task TeachAsync(RepositoryView view, Change change, Incident incident, FailureSite site, CancellationToken cancel)
    {
        var lesson = writer.Write(view.Name, incident.Id, change.Id, site, await lessons.ListAsync(view.Name, cancel));
        await lessons.SaveAsync(lesson, cancel);
        await lessons.SightAsync(LessonWriter.SightingOf(view.Name, incident, site), cancel);
        news.Tell(new ServerEvent("lesson", lesson.Id.Value));
    }
}
