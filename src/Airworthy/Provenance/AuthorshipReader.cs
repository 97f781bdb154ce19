using System.Collections.Concurrent;
using System.Collections.Immutable;
using Airworthy.Git;
using Airworthy.Model;
using Airworthy.Provenance.PullRequests;

namespace Airworthy.Provenance;

/// <summary>
/// Tells who wrote the commits and lines of one repository, from the commits themselves and from git-ai's notes. A line is known by the
/// note of its commit where that mentions it; else by the commit's own strong marks; else not at all.
/// </summary>
public sealed class AuthorshipReader
{
    /// <summary>Where git-ai keeps its notes.</summary>
    public const string NotesRef = "refs/notes/ai";

    private const long LargestNote = 16 << 20;

    private readonly GitRepository _repository;
    private readonly IReadOnlyDictionary<CommitId, string> _notes;
    private readonly ConcurrentDictionary<CommitId, CommitEvidence> _commits = new();
    private readonly ConcurrentDictionary<CommitId, UnreadableNote> _unreadable = new();
    private readonly ConcurrentDictionary<CommitId, DateTimeOffset> _committed = new();
    private Task<PullRequestEvidence>? _requests;

    private AuthorshipReader(GitRepository repository, IReadOnlyDictionary<CommitId, string> notes)
    {
        _repository = repository;
        _notes = notes;
    }

    /// <summary>How many commits carry a note, reachable or not.</summary>
    public int NoteCount => _notes.Count;

    /// <summary>The notes met so far that can't be read, by commit.</summary>
    public ImmutableArray<UnreadableNote> UnreadableNotes => [.. _unreadable.Values.OrderBy(note => note.Commit)];

    /// <summary>Lists the notes of <paramref name="repository"/>; each is read when its commit is asked for.</summary>
    public static async Task<AuthorshipReader> OpenAsync(GitRepository repository, CancellationToken cancel) =>
        new(repository, await repository.NotesAsync(NotesRef, cancel));

    /// <summary>
    /// Takes in what the pull requests behind the history of <paramref name="tip"/> tell: their heads, where they were fetched, and
    /// <paramref name="requests"/> as a forge told them. To be called before anything is asked; they are read while the caller goes on, and
    /// what is asked waits for them.
    /// </summary>
    public void LearnPullRequests(CommitId tip, IReadOnlyCollection<PullRequest> requests, CancellationToken cancel) =>
        _requests = Task.Run(
            () => PullRequestEvidence.ReadAsync(
                _repository, tip, requests, async (commit, token) => (await ReadAsync(commit, SignalReaders.Read(commit), token)).Whole, cancel),
            cancel);

    /// <summary>How many heads of pull requests were fetched and read; 0 before <see cref="LearnPullRequests"/>.</summary>
    public async Task<int> PullRequestHeadsAsync() => _requests is null ? 0 : (await _requests).Heads;

    /// <summary>When a commit was committed, by the committer's clock.</summary>
    public async ValueTask<DateTimeOffset> CommittedAtAsync(CommitId id, CancellationToken cancel)
    {
        if (!_committed.TryGetValue(id, out var at))
        {
            await EvidenceAsync(id, cancel);
            at = _committed[id];
        }

        return at;
    }

    /// <summary>Reads the whole history of <paramref name="revision"/> at once, so that later questions about it are answered from memory.</summary>
    public async Task LearnAsync(CommitId revision, CancellationToken cancel)
    {
        await foreach (var commit in _repository.HistoryAsync(revision.Hex, cancel))
        {
            await EvidenceAsync(commit, cancel);
        }
    }

    /// <summary>Who wrote a commit as a whole.</summary>
    public async Task<Authorship> OfAsync(Commit commit, CancellationToken cancel) => (await EvidenceAsync(commit, cancel)).Whole;

    /// <summary>Who wrote a commit as a whole.</summary>
    public async Task<Authorship> OfAsync(CommitId id, CancellationToken cancel) => (await EvidenceAsync(id, cancel)).Whole;

    /// <summary>Who wrote the lines of <paramref name="run"/>, parted where the answer changes.</summary>
    public async ValueTask<ImmutableArray<AuthoredRun>> OfLinesAsync(LineRun run, CancellationToken cancel)
    {
        var evidence = _commits.TryGetValue(run.Commit, out var known) ? known : await EvidenceAsync(run.Commit, cancel);
        return evidence.OfLines(run);
    }

    private async ValueTask<CommitEvidence> EvidenceAsync(CommitId id, CancellationToken cancel) =>
        _commits.TryGetValue(id, out var known) ? known : await EvidenceAsync(await _repository.CommitAsync(id, cancel), cancel);

    private async ValueTask<CommitEvidence> EvidenceAsync(Commit commit, CancellationToken cancel)
    {
        _committed.TryAdd(commit.Id, commit.CommittedAt);
        if (_commits.TryGetValue(commit.Id, out var known))
        {
            return known;
        }

        var own = SignalReaders.Read(commit);
        var weighed = _requests is null ? own : (await _requests).Weigh(commit, own);
        return _commits.GetOrAdd(commit.Id, await ReadAsync(commit, weighed, cancel));
    }

    private async ValueTask<CommitEvidence> ReadAsync(Commit commit, ImmutableArray<Signal> signals, CancellationToken cancel) =>
        new(signals, await NoteAsync(commit.Id, cancel), NotesRef);

    private async ValueTask<AuthorshipNote?> NoteAsync(CommitId commit, CancellationToken cancel)
    {
        if (!_notes.TryGetValue(commit, out var blob))
        {
            return null;
        }

        var text = await _repository.ReadObjectAsync(blob, LargestNote, cancel);
        string problem;
        if (text is null)
        {
            problem = FormattableString.Invariant($"it is missing or longer than {LargestNote >> 20} MiB");
        }
        else if (AuthorshipNoteReader.TryRead(text, out var note, out problem))
        {
            return note;
        }

        _unreadable.TryAdd(commit, new UnreadableNote(commit, problem));
        return null;
    }
}
