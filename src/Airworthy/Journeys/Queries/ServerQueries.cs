using Airworthy.Alerts;
using Airworthy.Feedback;
using Airworthy.Git;
using Airworthy.Incidents;
using Airworthy.Journeys.Doctor;
using Airworthy.Journeys.Flags;
using Airworthy.Journeys.Lessons;
using Airworthy.Journeys.Probation;
using Airworthy.Journeys.Production;
using Airworthy.Journeys.Repositories;
using Airworthy.Model;
using Airworthy.Probation;
using Airworthy.Telemetry;

namespace Airworthy.Journeys.Queries;

/// <summary>Answers from the server's own stores and repositories.</summary>
public sealed class ServerQueries(
    IServiceRegistry registry,
    IIncidentStore incidents,
    IChangeLedger ledger,
    ILessonStore lessons,
    LessonCourses courses,
    RepositoryShelf shelf,
    RepositoryIndexer indexer,
    ServiceDoctor doctor,
    EvidenceReader evidence,
    ProbationRound probation,
    ExposureReader exposure,
    IOperationLinks operations,
    LineReader lines,
    ChangedPaths paths,
    IAlertStore alerts,
    FlagBook flags) : IServerQueries
{
    private const int MostChanges = 100_000;
    private const int MostIncidents = 1000;
    private const int ShownOnOverview = 10;
    private const int MostOperations = 10;
    private const string Shallow = "Its history is cut off: run 'git fetch --unshallow' there, or blame names the wrong commits.";

    public async Task<Overview> OverviewAsync(CancellationToken cancel)
    {
        var repositories = await registry.RepositoriesAsync(cancel);
        var services = await doctor.DiagnoseAsync(service: null, cancel);
        var changes = await ledger.ListAsync(repository: null, state: null, MostChanges, cancel);
        var known = await incidents.ListAsync(MostIncidents, cancel);
        var open = known.Where(incident => incident.Status == IncidentStatus.Open).ToList();
        return new Overview(
            repositories.Count,
            services.Count,
            [.. changes
                .GroupBy(change => (change.State, change.Authorship.Kind))
                .OrderBy(group => group.Key)
                .Select(group => new ChangeCount(group.Key.State, group.Key.Kind, group.Count()))],
            open.Count,
            open.Count(incident => incident.Attribution?.Verdict == AttributionVerdict.Attributed),
            [.. changes.Where(change => change.State == ChangeState.Suspect).Take(ShownOnOverview).Select(Summary)],
            await SummariesAsync(open.Take(ShownOnOverview), cancel),
            [.. doctor.GapsOfServer(repositories.Count, services.Count), .. services.SelectMany(service => service.Gaps)],
            services.SelectMany(service => service.Versions).Select(version => (DateTimeOffset?)version.LastSeen).Max());
    }

    public async Task<IReadOnlyList<ChangeSummary>> ChangesAsync(ChangeFilter filter, CancellationToken cancel)
    {
        var isPlain = filter is { Authorship: null, Agent: null, Service: null, Path: null, ByExposure: false };
        IEnumerable<TrackedChange> changes = await ledger.ListAsync(filter.Repository, filter.State, isPlain ? filter.Limit : MostChanges, cancel);
        changes = changes
            .Where(change => filter.Authorship is null || change.Authorship.Kind == filter.Authorship)
            .Where(change => filter.Agent is null || change.Authorship.Agents.Any(agent => agent.Name.Equals(filter.Agent, StringComparison.OrdinalIgnoreCase)))
            .Where(change => filter.Service is null || (WatchOf(change)?.Services.Contains(filter.Service, StringComparer.Ordinal) ?? false));
        changes = filter.ByExposure ? changes.OrderByDescending(change => WatchOf(change)?.Calls ?? 0) : changes;
        changes = filter.Path is { } path ? await paths.HoldingAsync(changes, path, cancel) : changes;
        return [.. changes.Take(filter.Limit).Select(Summary)];
    }

    public async Task<ChangeDetail?> ChangeAsync(string repository, string id, CancellationToken cancel)
    {
        if (await FindChangeAsync(repository, id, cancel) is not { } tracked)
        {
            return null;
        }

        // Judge and attribution may go on meanwhile. What follows from something is read before it, so that nothing is shown without what it stands on: no flag that
        // is off or incident without the state, no verdict without the calls.
        var change = tracked.Change;
        var flagsOff = (await flags.FlagsAsync(cancel)).Values.Where(flag => flag.Repository == repository && flag.OffBy.Any(one => one.Id == change.Id)).Select(flag => flag.Flag.Key);
        var switchedOff = (await ledger.SwitchedOffAsync(cancel)).FirstOrDefault(one => one.Repository == repository && one.Change == change.Id)?.Reason;
        var naming = (await incidents.ListAsync(MostIncidents, cancel)).Where(incident => Names(incident, repository, change));
        var taught = (await lessons.ListAsync(repository, cancel)).Where(lesson => lesson.Change == change.Id);
        tracked = await ledger.GetAsync(repository, change.Id, cancel) ?? tracked;
        var steps = await ledger.TransitionsAsync(repository, change.Id, cancel);
        var standing = probation.Of(repository, change.Id) is { Standing: { } told } watched
            ? ChangeStanding.Of(told, watched.Terms, watched.Times, watched.Policy, watched.SharedWith)
            : null;
        var (runs, note) = await evidence.OfChangeAsync(repository, change, cancel);
        return new ChangeDetail(
            Summary(tracked),
            [.. change.Commits.Select(commit => commit.Hex)],
            Answers.Signals(tracked.Authorship),
            runs,
            note,
            await QuoteAsync(repository, _ => exposure.OfAsync(repository, change, cancel), cancel),
            standing,
            [.. steps.Select(Answers.Step)],
            switchedOff,
            [.. flagsOff.Order(StringComparer.Ordinal)],
            await alerts.AcknowledgementAsync(repository, change.Id, cancel),
            await SummariesAsync(naming, cancel),
            await ToldAsync(taught, cancel),
            await QuoteAsync(repository, async _ => await lines.OfAsync(repository, change, cancel), cancel) ?? [],
            await QuoteAsync(repository, git => SourceReader.DiffAsync(git, change.Landed, cancel), cancel));
    }

    public async Task<IReadOnlyList<IncidentSummary>> IncidentsAsync(int limit, CancellationToken cancel) =>
        await SummariesAsync(await incidents.ListAsync(limit, cancel), cancel);

    public async Task<IncidentDetail?> IncidentAsync(string id, CancellationToken cancel)
    {
        if (await incidents.GetAsync(new IncidentId(id), cancel) is not { } incident)
        {
            return null;
        }

        var answer = incident.Attribution;
        var suspects = new List<IncidentSuspect>();
        foreach (var suspect in answer?.Suspects ?? [])
        {
            suspects.Add(Answers.Suspect(suspect, await SubjectAsync(incident.Repository, suspect.Commit, cancel)));
        }

        var first = suspects.Count > 0 ? answer!.Suspects[0] : null;
        var taught = incident.Repository is null ? [] : await lessons.ListAsync(incident.Repository, cancel);
        return new IncidentDetail(
            Answers.Summary(incident, suspects.FirstOrDefault()),
            incident.Fingerprint,
            [.. incident.Versions.Select(version => version.Display)],
            answer is null ? null : Answers.Revision(answer.Revision),
            incident.Stack,
            await FramesAsync(incident, cancel),
            suspects,
            first is null ? null : await QuoteAsync(incident.Repository, git => SourceReader.DiffAsync(git, first.Commit, cancel), cancel),
            await ToldAsync(taught.Where(lesson => lesson.Incident == incident.Id), cancel),
            await EarlierAsync(incident, cancel),
            ProofOf(answer))
        {
            Operations = await OperationsAsync(incident, cancel),
        };
    }

    /// <summary>Which operations lead to the function that failed, as far as traces told it.</summary>
    private async Task<IReadOnlyList<string>> OperationsAsync(Incident incident, CancellationToken cancel) =>
        incident.Attribution?.Frames.FirstOrDefault(frame => frame is { InApp: true, Frame.Symbol: not null })?.Frame.Symbol is { } function
            ? [.. (await operations.OfAsync(incident.Service, cancel))
                .Where(link => string.Equals(link.Function, function, StringComparison.Ordinal))
                .OrderByDescending(link => link.Through).ThenBy(link => link.Operation, StringComparer.Ordinal)
                .Select(link => link.Operation).Distinct(StringComparer.Ordinal).Take(MostOperations)]
            : [];

    /// <summary>The answers before the one that counts, without those that only say the same again.</summary>
    private async Task<IReadOnlyList<EarlierAnswer>> EarlierAsync(Incident incident, CancellationToken cancel)
    {
        var earlier = new List<EarlierAnswer>();
        var later = incident.Attribution;
        foreach (var answer in (await incidents.AnswersAsync(incident.Id, cancel)).Skip(1))
        {
            var told = answer.Attribution;
            if (later is null || told.Verdict != later.Verdict || told.Reason != later.Reason || told.Revision != later.Revision
                || told.Suspects.FirstOrDefault()?.Commit != later.Suspects.FirstOrDefault()?.Commit)
            {
                var suspect = told.Suspects is [var first, ..] ? Answers.Suspect(first, await SubjectAsync(answer.Repository, first.Commit, cancel)) : null;
                earlier.Add(new EarlierAnswer(answer.At, told.Verdict, told.Confidence, told.Reason, Answers.Revision(told.Revision), suspect));
            }

            later = told;
        }

        return earlier;
    }

    public async Task<IReadOnlyList<LessonSummary>> LessonsAsync(string? repository, CancellationToken cancel) =>
        await ToldAsync(await lessons.ListAsync(repository, cancel), cancel);

    public Task<IReadOnlyList<ServiceDiagnosis>> ServicesAsync(string? service, CancellationToken cancel) =>
        doctor.DiagnoseAsync(service, cancel);

    public async Task<IReadOnlyList<RepositorySummary>> RepositoriesAsync(CancellationToken cancel)
    {
        var claims = await registry.ClaimsAsync(cancel);
        var summaries = new List<RepositorySummary>();
        foreach (var repository in await registry.RepositoriesAsync(cancel))
        {
            var services = claims
                .Where(claim => claim.Confirmed && string.Equals(claim.Repository, repository.Name, StringComparison.Ordinal))
                .Select(claim => claim.Service);
            var changes = await ledger.ListAsync(repository.Name, state: null, MostChanges, cancel);
            var (tip, problem) = await TipAsync(repository, cancel);
            summaries.Add(new RepositorySummary(
                repository.Name, repository.Origin, repository.Location, tip, changes.Count, [.. services], problem));
        }

        return summaries;
    }

    public async Task<CodeRecord?> CodeAsync(string repository, string path, CancellationToken cancel)
    {
        if ((await registry.RepositoriesAsync(cancel)).All(known => !string.Equals(known.Name, repository, StringComparison.Ordinal)))
        {
            return null;
        }

        var file = new RepoPath(path);
        var (runs, note) = await evidence.OfFileAsync(repository, file, cancel);
        var through = (await incidents.ListAsync(MostIncidents, cancel)).Where(incident =>
            string.Equals(incident.Repository, repository, StringComparison.Ordinal)
            && incident.Attribution is { } answer
            && answer.Frames.Any(frame => frame.Path == file));
        var taught = (await lessons.ListAsync(repository, cancel)).Where(lesson => LessonScope.Holds(lesson.Scope, file));
        return new CodeRecord(runs, note, await SummariesAsync(through.Take(ShownOnOverview), cancel), await ToldAsync(taught, cancel));
    }

    public Task<EvidenceAnswer> EvidenceAsync(EvidenceQuestion question, CancellationToken cancel) => evidence.AskAsync(question, cancel);

    public async Task<RolloutVerdict?> RolloutAsync(string service, string revision, CancellationToken cancel)
    {
        foreach (var claim in await registry.ClaimsAsync(cancel))
        {
            if (claim.Confirmed
                && string.Equals(claim.Service, service, StringComparison.Ordinal)
                && await shelf.OpenAsync(claim.Repository, cancel) is { } git
                && await git.TryResolveAsync(revision, cancel) is { } commit)
            {
                var held = new HashSet<CommitId>();
                await foreach (var one in git.HistoryAsync(commit.Hex, cancel))
                {
                    held.Add(one.Id);
                }

                var changes = await ledger.ListAsync(claim.Repository, state: null, MostChanges, cancel);
                var burning = (await alerts.BurningAsync(cancel)).FirstOrDefault(one => one.Service == service).Reason;
                return RolloutVerdict.Of(commit, [.. changes.Where(change => change.Change.Commits.Any(held.Contains))], burning);
            }
        }

        return null;
    }

    private WatchedChange? WatchOf(TrackedChange tracked) => probation.Of(tracked.Repository, tracked.Change.Id);

    private ChangeSummary Summary(TrackedChange tracked) =>
        WatchOf(tracked) is { } watched ? Answers.Summary(tracked, watched.Calls, [.. watched.Services]) : Answers.Summary(tracked, 0, []);

    private static bool Names(Incident incident, string repository, Change change) =>
        string.Equals(incident.Repository, repository, StringComparison.Ordinal)
        && incident.Attribution is { } answer
        && answer.Suspects.Any(suspect => suspect.Change == change.Id || change.Commits.Contains(suspect.Commit));

    private static string? ProofOf(Attribution? answer) => answer switch
    {
        { Suspects: [{ Proof: { } proof }, ..] } => proof,
        { Suspects: [_, ..], Revision.Commit: { } revision } => $"airworthy attribute --rev {revision.Short} --stack FILE",
        _ => null,
    };

    private async Task<TrackedChange?> FindChangeAsync(string repository, string id, CancellationToken cancel)
    {
        if (await ledger.GetAsync(repository, new ChangeId(id), cancel) is { } change)
        {
            return change;
        }

        return CommitId.TryParse(id, out var commit)
            ? (await ledger.ListAsync(repository, state: null, MostChanges, cancel)).FirstOrDefault(c => c.Change.Commits.Contains(commit))
            : null;
    }

    private async Task<IReadOnlyList<IncidentSummary>> SummariesAsync(IEnumerable<Incident> some, CancellationToken cancel)
    {
        var summaries = new List<IncidentSummary>();
        foreach (var incident in some)
        {
            var suspect = incident.Attribution is { Suspects: [var first, ..] }
                ? Answers.Suspect(first, await SubjectAsync(incident.Repository, first.Commit, cancel))
                : null;
            summaries.Add(Answers.Summary(incident, suspect));
        }

        return summaries;
    }

    /// <summary>Lessons with how often each came back.</summary>
    private async Task<IReadOnlyList<LessonSummary>> ToldAsync(IEnumerable<Lesson> some, CancellationToken cancel)
    {
        var told = some.ToList();
        var known = await courses.OfAsync(told, cancel);
        return [.. told.Select(lesson => Answers.Summary(lesson, known[lesson.Id]))];
    }

    private async Task<IReadOnlyList<TraceFrame>> FramesAsync(Incident incident, CancellationToken cancel)
    {
        var frames = new List<TraceFrame>();
        foreach (var frame in incident.Attribution?.Frames ?? [])
        {
            var excerpt = frame is { Path: { } path, Line: { } line } && incident.Attribution!.Revision.Commit is { } revision
                ? await QuoteAsync(incident.Repository, git => ExcerptAsync(incident.Repository!, git, revision, path, line, cancel), cancel)
                : null;
            frames.Add(new TraceFrame(
                frame.Frame.Symbol, frame.Frame.File, frame.Path?.Display, frame.Line, frame.Unit?.Name, frame.InApp, excerpt));
        }

        return frames;
    }

    /// <summary>The lines around a frame, with who wrote each.</summary>
    private async Task<SourceExcerpt?> ExcerptAsync(
        string repository, GitRepository git, CommitId revision, RepoPath path, int line, CancellationToken cancel)
    {
        if (await SourceReader.AroundAsync(git, revision, path, line, cancel) is not { } excerpt
            || await git.Lines.OriginsAsync(path, revision, cancel) is not { } origins)
        {
            return null;
        }

        var view = await indexer.HoldingAsync(repository, git, revision, revision, cancel);
        var wrote = new List<LineAuthor>();
        for (var number = excerpt.Start; number < excerpt.Start + excerpt.Lines.Count; number++)
        {
            if (origins.Runs.FirstOrDefault(run => run.Span.Contains(number)) is not { Count: > 0 } run)
            {
                break;
            }

            var authorship = view.AuthorshipOf(run.Commit);
            wrote.Add(new LineAuthor(run.Commit.Hex, authorship.Kind, Answers.Agents(authorship)));
        }

        return excerpt with { Wrote = wrote };
    }

    private Task<string?> SubjectAsync(string? repository, CommitId commit, CancellationToken cancel) =>
        QuoteAsync<string>(repository, async git => await SourceReader.SubjectAsync(git, commit, cancel), cancel);

    private async Task<(string? Tip, string? Problem)> TipAsync(RegisteredRepository repository, CancellationToken cancel)
    {
        try
        {
            var git = await shelf.OpenAsync(repository, cancel);
            var tip = await git.TryResolveAsync("HEAD", cancel);
            return (tip?.Hex, indexer.Problems.GetValueOrDefault(repository.Name) ?? (git.IsShallow ? Shallow : null));
        }
        catch (GitException e)
        {
            return (null, e.Message);
        }
    }

    /// <summary>Something quoted from a repository; null when it can't be read now: an answer is worth telling without its quotation.</summary>
    private async Task<T?> QuoteAsync<T>(string? repository, Func<GitRepository, Task<T?>> read, CancellationToken cancel)
        where T : class
    {
        try
        {
            return repository is not null && await shelf.OpenAsync(repository, cancel) is { } git ? await read(git) : null;
        }
        catch (GitException)
        {
            return null;
        }
    }
}
