using Airworthy.Git;
using Airworthy.Model;

namespace Airworthy.Provenance.Records;

/// <summary>Notes of one format: a text for each commit.</summary>
/// <param name="source">Where they are kept.</param>
/// <param name="format">Their format.</param>
/// <param name="list">Lists them: the blob of each commit's note.</param>
internal sealed class NoteSource(
    string source, INoteFormat format, Func<GitRepository, RecordRefs, CancellationToken, Task<IReadOnlyDictionary<CommitId, string>>> list) : IRecordSource
{
    /// <summary>Notes as <c>git notes</c> keeps them, in a tree that may be spread over folders.</summary>
    public static NoteSource OfRef(string notesRef, INoteFormat format) => new(notesRef, format, async (repository, refs, cancel) =>
        refs.Below(notesRef).Any() ? await repository.NotesAsync(notesRef, cancel) : new Dictionary<CommitId, string>());

    /// <summary>A ref for each commit, named after it, that points to its text.</summary>
    public static NoteSource OfRefs(string prefix, INoteFormat format) => new(prefix, format, (_, refs, _) =>
    {
        var notes = new Dictionary<CommitId, string>();
        foreach (var (name, type, id) in refs.Below(prefix))
        {
            if (type == "blob" && CommitId.TryParse(name.AsSpan(prefix.Length).TrimStart('/'), out var commit))
            {
                notes[commit] = id;
            }
        }

        return Task.FromResult<IReadOnlyDictionary<CommitId, string>>(notes);
    });

    public async Task<ICommitRecords?> OpenAsync(GitRepository repository, RecordRefs refs, CancellationToken cancel) =>
        await list(repository, refs, cancel) is { Count: > 0 } notes ? new NoteRecords(repository, source, format, notes) : null;
}
