using System.Collections.Concurrent;
using System.Collections.Immutable;
using Airworthy.Git;
using Airworthy.Model;
using Airworthy.Provenance.PullRequests;
using Airworthy.Provenance.Records;

namespace Airworthy.Provenance;

/// <summary>
/// Tells who wrote the commits and lines of one repository, from the commits themselves and from what tools record beside them. A line is
/// known by the records of its commit where they mention it; else by the commit's own strong marks; else not at all.
/// </summary>
public sealed class AuthorshipReader
{
    // A shorter history is read again sooner than a file is opened.
    private const int LeastKept = 256;

    // So many commits behind, what is kept is renewed.
    private const int ManyFresh = 64;

    private readonly GitRepository _repository;
    private readonly Task<RecordRefs> _refs;
    private readonly Task<ImmutableArray<ICommitRecords>> _records;
    private readonly ConcurrentDictionary<CommitId, CommitEvidence> _commits = new();
    private readonly ConcurrentDictionary<CommitId, CommitEvidence> _checked = new();
    private readonly ConcurrentDictionary<CommitId, DateTimeOffset> _committed = new();
    private Lazy<Task<PullRequestEvidence>>? _requests;
    private CommitId? _tip;
    private KeptMarks? _kept;

    private AuthorshipReader(GitRepository repository, CancellationToken cancel)
    {
        _repository = repository;
        _refs = RefsAsync(repository, cancel);
        _records = RecordSources.OpenAsync(repository, _refs, cancel);
    }

    /// <summary>How far each source of records was read, over the commits asked about so far; a source the repository does not have is not listed.</summary>
    public ImmutableArray<RecordCoverage> Records => [.. _records.Result.Select(Coverage)];

    /// <summary>The notes met so far that can't be read, by commit.</summary>
    public ImmutableArray<UnreadableNote> UnreadableNotes =>
    [
        .. _commits
            .SelectMany(pair => pair.Value.Records.Where(record => record.Problem is not null)
                .Select(record => new UnreadableNote(pair.Key, record.Source, record.Problem!)))
            .OrderBy(note => note.Commit)
            .ThenBy(note => note.Source, StringComparer.Ordinal),
    ];

    /// <summary>Lists the records of <paramref name="repository"/>; each is read when its commit is asked for.</summary>
    public static async Task<AuthorshipReader> OpenAsync(GitRepository repository, CancellationToken cancel)
    {
        var reader = new AuthorshipReader(repository, cancel);
        await reader._records;
        return reader;
    }

    /// <summary>
    /// The same, taking in what the pull requests behind the history of <paramref name="tip"/> tell: their heads, where they were fetched, and
    /// <paramref name="requests"/> as a forge told them. They are read while the caller goes on, and what is asked waits for them. What an earlier run
    /// found of most of the history is not read again.
    /// </summary>
    public static async Task<AuthorshipReader> OpenAsync(
        GitRepository repository, CommitId tip, IReadOnlyCollection<PullRequest> requests, CancellationToken cancel)
    {
        var reader = new AuthorshipReader(repository, cancel);
        reader._requests = new(() => Task.Run(() => PullRequestEvidence.ReadAsync(repository, reader._refs, tip, requests, reader.OfHeadAsync, cancel), cancel));
        reader._tip = requests.Count == 0 ? tip : null;
        if (requests.Count > 0 || repository.Cache is not { Marks.Exists: true })
        {
            _ = reader._requests.Value;
        }

        var kept = requests.Count > 0 ? null : await KeptMarks.ReadAsync(repository, tip, async () => (await reader._refs).Stamp, cancel);
        if ((await reader._records).IsEmpty)
        {
            reader._kept = kept;
        }

        if (reader._kept is null)
        {
            _ = reader._requests.Value;
        }

        return reader;
    }

    /// <summary>A text that changes when records or heads of pull requests are added to <paramref name="repository"/>, though its history does not.</summary>
    public static async Task<string> RecordsStampAsync(GitRepository repository, CancellationToken cancel) => (await RefsAsync(repository, cancel)).Stamp;

    /// <summary>How many heads of pull requests were fetched and read; 0 when none were to be taken in.</summary>
    public async Task<int> PullRequestHeadsAsync() => _kept is { } kept ? kept.Heads : _requests is null ? 0 : (await _requests.Value).Heads;

    /// <summary>When a commit was committed, by the committer's clock.</summary>
    public async ValueTask<DateTimeOffset> CommittedAtAsync(CommitId id, CancellationToken cancel)
    {
        if (!_committed.TryGetValue(id, out var at))
        {
            if (_kept is { } kept && kept.TryGet(id, out var mark))
            {
                return mark.CommittedAt;
            }

            await EvidenceAsync(id, cancel);
            at = _committed[id];
        }

        return at;
    }

    /// <summary>Reads the whole history of <paramref name="revision"/> at once, so that later questions about it are answered from memory.</summary>
    public async Task LearnAsync(CommitId revision, CancellationToken cancel)
    {
        if (_kept is { } kept && revision == _tip)
        {
            foreach (var commit in kept.Fresh)
            {
                await EvidenceAsync(commit, cancel);
            }

            if (kept.Fresh.Length >= ManyFresh)
            {
                await KeepAsync(revision, kept.Stamp, kept.Heads, kept.OfHeads, [.. kept.All, .. kept.Fresh.Select(commit => KeyValuePair.Create(commit.Id, MarkOf(commit.Id)))], cancel);
            }

            return;
        }

        // Their own marks first, for what pull requests tell of them is still being read.
        var commits = new List<(Commit Commit, ImmutableArray<Signal> Own)>();
        await foreach (var commit in _repository.HistoryAsync(revision.Hex, cancel))
        {
            commits.Add((commit, SignalReaders.Read(commit)));
        }

        foreach (var (commit, own) in commits)
        {
            await EvidenceAsync(commit, own, cancel);
        }

        if (revision == _tip && commits.Count >= LeastKept && (await _records).IsEmpty)
        {
            var heads = await _requests!.Value;
            await KeepAsync(revision, (await _refs).Stamp, heads.Heads, heads.Commits, [.. commits.Select(read => KeyValuePair.Create(read.Commit.Id, MarkOf(read.Commit.Id)))], cancel);
        }
    }

    /// <summary>Reads some commits at once, so that later questions about them are answered from memory.</summary>
    public async Task LearnAsync(IEnumerable<CommitId> commits, CancellationToken cancel)
    {
        await foreach (var commit in _repository.CommitsAsync(commits.Distinct().Where(id => Known(id) is null), cancel))
        {
            await EvidenceAsync(commit, cancel);
        }
    }

    /// <summary>Who wrote a commit as a whole. Lines that a record claims but the commit did not add count for nothing.</summary>
    public async Task<Authorship> OfAsync(Commit commit, CancellationToken cancel) =>
        (await CheckedAsync(commit, await EvidenceAsync(commit, cancel), cancel)).Whole;

    /// <summary>Who wrote a commit as a whole.</summary>
    public async Task<Authorship> OfAsync(CommitId id, CancellationToken cancel) =>
        _checked.TryGetValue(id, out var known) ? known.Whole : await OfAsync(await _repository.CommitAsync(id, cancel), cancel);

    /// <summary>Who wrote the lines of <paramref name="run"/>, parted where the answer changes.</summary>
    public async ValueTask<ImmutableArray<AuthoredRun>> OfLinesAsync(LineRun run, CancellationToken cancel)
    {
        var evidence = Known(run.Commit) ?? await EvidenceAsync(run.Commit, cancel);
        return evidence.OfLines(run);
    }

    /// <summary>The prompts behind a commit, where a record keeps them; at most <see cref="Prompt.MostOfCommit"/>, in the order kept.</summary>
    public async Task<ImmutableArray<Prompt>> PromptsAsync(CommitId id, CancellationToken cancel) =>
        await PromptsAsync(await _repository.CommitAsync(id, cancel), cancel);

    /// <inheritdoc cref="PromptsAsync(CommitId, CancellationToken)"/>
    public async Task<ImmutableArray<Prompt>> PromptsAsync(Commit commit, CancellationToken cancel)
    {
        var own = SignalReaders.Read(commit);
        var prompts = new List<Prompt>();
        foreach (var records in await _records)
        {
            prompts.AddRange(await records.PromptsAsync(commit, own, cancel));
        }

        return [.. prompts.Take(Prompt.MostOfCommit)];
    }

    /// <summary>The commit that <paramref name="id"/> is a rewriting of (an amend, a rebase), as a record followed it; null when none says so.</summary>
    public async Task<CommitId?> LogicalCommitAsync(CommitId id, CancellationToken cancel) =>
        (await EvidenceAsync(id, cancel)).Records.Select(record => record.LogicalCommit).FirstOrDefault(logical => logical is { } other && other != id);

    private static Task<RecordRefs> RefsAsync(GitRepository repository, CancellationToken cancel) =>
        RecordRefs.ReadAsync(repository, PullRequestHeads.Prefixes, cancel);

    private async ValueTask<CommitEvidence> EvidenceAsync(CommitId id, CancellationToken cancel) =>
        Known(id) ?? await EvidenceAsync(await _repository.CommitAsync(id, cancel), cancel);

    private async ValueTask<CommitEvidence> EvidenceAsync(Commit commit, CancellationToken cancel) =>
        Known(commit.Id) ?? await EvidenceAsync(commit, SignalReaders.Read(commit), cancel);

    private CommitEvidence? Known(CommitId id) =>
        _commits.TryGetValue(id, out var known) ? known
        : _kept is { } kept && kept.TryGet(id, out var mark) ? _commits.GetOrAdd(id, new CommitEvidence(mark.Signals, []))
        : null;

    private KeptMark MarkOf(CommitId id) => new(_committed[id], _commits[id].Own);

    // What a request tells of its squash; of a history whose marks were kept nothing else is left to tell.
    private bool MayBeTold(Commit commit) =>
        _kept is not { } kept || (kept.Heads > 0 && commit.Parents.Length == 1 && LandingMarks.PullRequest(commit) is not null);

    /// <summary>Keeps what was found of the default tip's history for the next run.</summary>
    private async Task KeepAsync(
        CommitId tip, string stamp, int heads, IReadOnlyCollection<CommitId> ofHeads, List<KeyValuePair<CommitId, KeptMark>> marks, CancellationToken cancel)
    {
        if (_repository.Cache is { } cache && !_repository.IsShallow && await _repository.TryResolveAsync("HEAD", cancel) == tip)
        {
            cache.Write(cache.Marks, () => KeptMarks.Encode(tip, stamp, heads, ofHeads, marks));
        }
    }

    private async ValueTask<CommitEvidence> EvidenceAsync(Commit commit, ImmutableArray<Signal> own, CancellationToken cancel)
    {
        _committed.TryAdd(commit.Id, commit.CommittedAt);
        var weighed = _requests is null || !MayBeTold(commit) ? own : (await _requests.Value).Weigh(commit, own);
        return _commits.GetOrAdd(commit.Id, new CommitEvidence(weighed, await RecordsAsync(commit, weighed, cancel)));
    }

    // Not kept: what is told of the history counts its own commits only.
    private async ValueTask<Authorship> OfHeadAsync(Commit commit, CancellationToken cancel)
    {
        var own = SignalReaders.Read(commit);
        return (await CheckAsync(commit, new CommitEvidence(own, await RecordsAsync(commit, own, cancel)), cancel)).Whole;
    }

    private async ValueTask<ImmutableArray<CommitRecord>> RecordsAsync(Commit commit, ImmutableArray<Signal> own, CancellationToken cancel)
    {
        var found = ImmutableArray<CommitRecord>.Empty;
        foreach (var records in await _records)
        {
            if (await records.OfAsync(commit, own, cancel) is { } record)
            {
                found = found.Add(record);
            }
        }

        return found;
    }

    private async ValueTask<CommitEvidence> CheckedAsync(Commit commit, CommitEvidence evidence, CancellationToken cancel) =>
        _checked.TryGetValue(commit.Id, out var known) ? known : _checked.GetOrAdd(commit.Id, await CheckAsync(commit, evidence, cancel));

    private async ValueTask<CommitEvidence> CheckAsync(Commit commit, CommitEvidence evidence, CancellationToken cancel)
    {
        CommitId? parent = commit.Parents.IsEmpty ? null : commit.Parents[0];
        return evidence.HasAttestedLines && await AddedLines.OfAsync(_repository, commit.Id, parent, cancel) is { } added
            ? evidence.Checked(added)
            : evidence;
    }

    private RecordCoverage Coverage(ICommitRecords source)
    {
        var met = _commits.Values.SelectMany(evidence => evidence.Records).Where(record => record.Source == source.Source).ToList();
        return new RecordCoverage(
            source.Source,
            source.Count,
            met.Count(record => record.Problem is null),
            met.Count(record => record.Problem is not null),
            source.Unplaced,
            met.Sum(record => record.Files.Lines),
            _checked.Values.SelectMany(evidence => evidence.Credited).Where(record => record.Source == source.Source).Sum(record => record.RejectedLines),
            met.Sum(record => record.MissingRecords),
            met.Count(record => record.IsOfOtherCommit));
    }
}
