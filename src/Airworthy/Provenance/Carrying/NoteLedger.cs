using Airworthy.Git;
using Airworthy.Model;
using Airworthy.Provenance.Records;

namespace Airworthy.Provenance.Carrying;

/// <summary>The notes of a repository as they are written: read at one moment, changed, and written only if nobody wrote meanwhile.</summary>
internal sealed class NoteLedger
{
    private const int MostAttempts = 60;
    private const long LargestNote = 16 << 20;

    private readonly GitRepository _repository;
    private readonly IReadOnlyDictionary<CommitId, string> _blobs;
    private readonly Dictionary<CommitId, NoteText> _changed = [];

    private NoteLedger(GitRepository repository, IReadOnlyDictionary<CommitId, string> blobs)
    {
        _repository = repository;
        _blobs = blobs;
    }

    /// <summary>
    /// Lets <paramref name="change"/> change notes and writes them in one step. When others wrote meanwhile it is asked again over what they
    /// left, so that nobody's note is lost.
    /// </summary>
    /// <exception cref="CarryException">Others write all the time.</exception>
    public static async Task<T> UpdateAsync<T>(
        GitRepository repository, string why, TimeProvider time, Func<NoteLedger, Task<T>> change, CancellationToken cancel)
    {
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            var seen = await repository.TryResolveAsync(GitAiNoteFormat.Ref, cancel);
            var ledger = new NoteLedger(
                repository, seen is { } tip ? await repository.NotesAsync(tip.Hex, cancel) : new Dictionary<CommitId, string>());
            var answer = await change(ledger);
            var notes = ledger._changed.ToDictionary(note => note.Key, note => note.Value.ToBytes());
            if (notes.Count == 0
                || await NotesCommit.TryWriteAsync(repository, GitAiNoteFormat.Ref, seen, notes, why, time.GetUtcNow(), cancel))
            {
                return answer;
            }
        }

        throw new CarryException(
            Fault.Unavailable, $"{GitAiNoteFormat.Ref} can't be written: others hold it all the time; see that no '{GitAiNoteFormat.Ref}.lock' was left behind, and try again");
    }

    /// <summary>True when the commit has a note.</summary>
    public bool Has(CommitId commit) => _blobs.ContainsKey(commit);

    /// <summary>The note of a commit; null when it has none, or one that is not of the format.</summary>
    public async Task<NoteText?> FindAsync(CommitId commit, CancellationToken cancel) =>
        Has(commit) && NoteText.TryRead(await TextAsync(commit, cancel) ?? [], out var note, out _) ? note : null;

    /// <summary>The note of a commit to add to: its own, or a new one. It is written when the change is done.</summary>
    /// <exception cref="CarryException">It has one that is not of the format and would be lost.</exception>
    public async Task<NoteText> OpenAsync(CommitId commit, CancellationToken cancel)
    {
        if (_changed.TryGetValue(commit, out var open))
        {
            return open;
        }

        if (!Has(commit))
        {
            return _changed[commit] = NoteText.About(commit);
        }

        return NoteText.TryRead(await TextAsync(commit, cancel) ?? [], out var note, out var problem)
            ? _changed[commit] = note
            : throw new CarryException(
                Fault.BadInput,
                $"the note of {commit.Short} can't be added to: {problem}; see it with 'git notes --ref=ai show {commit.Short}' and remove it if it is of no use");
    }

    private Task<byte[]?> TextAsync(CommitId commit, CancellationToken cancel) =>
        _repository.ReadObjectAsync(_blobs[commit], LargestNote, cancel);
}
