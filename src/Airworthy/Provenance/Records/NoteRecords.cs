using System.Collections.Immutable;
using Airworthy.Git;
using Airworthy.Model;

namespace Airworthy.Provenance.Records;

/// <summary>The notes of one format in one repository; each is read when its commit is asked for.</summary>
internal sealed class NoteRecords(
    GitRepository repository, string source, INoteFormat format, IReadOnlyDictionary<CommitId, string> notes) : ICommitRecords
{
    private const long LargestNote = 16 << 20;

    // What is searched for authors that a note keeps no record of: small notes, which hold records but no transcripts.
    private const long SearchedNote = 64 << 10;
    private const long SearchedInAll = 64 << 20;

    private IReadOnlyDictionary<string, AttestedAuthor?>? _elsewhere;

    public string Source => source;

    public int Count => notes.Count;

    public int Unplaced => 0;

    public async ValueTask<CommitRecord?> OfAsync(Commit commit, ImmutableArray<Signal> own, CancellationToken cancel)
    {
        if (!notes.TryGetValue(commit.Id, out var blob))
        {
            return null;
        }

        if (await repository.ReadObjectAsync(blob, LargestNote, cancel) is not { } text)
        {
            return Unreadable(FormattableString.Invariant($"it is missing or longer than {LargestNote >> 20} MiB"));
        }

        if (!format.TryRead(text, ImmutableDictionary<string, AttestedAuthor?>.Empty, out var note, out var problem))
        {
            return Unreadable(problem);
        }

        if (note.MissingRecords > 0)
        {
            var elsewhere = await ElsewhereAsync(cancel);
            format.TryRead(text, elsewhere, out note, out _);
        }

        return new CommitRecord("note", source, note.Files)
        {
            MissingRecords = note.MissingRecords,
            IsOfOtherCommit = note.Base is { } made && made != commit.Id,
            LogicalCommit = note.LogicalCommit,
        };
    }

    public async ValueTask<IEnumerable<Prompt>> PromptsAsync(Commit commit, ImmutableArray<Signal> own, CancellationToken cancel) =>
        notes.TryGetValue(commit.Id, out var blob) && await repository.ReadObjectAsync(blob, LargestNote, cancel) is { } text ? format.Prompts(text) : [];

    private CommitRecord Unreadable(string problem) => new("note", source, AttestedFiles.None) { Problem = problem };

    // The same for whoever asks first: all small notes, in the order of their commits.
    private async Task<IReadOnlyDictionary<string, AttestedAuthor?>> ElsewhereAsync(CancellationToken cancel) =>
        _elsewhere ??= await SearchAsync(cancel);

    private async Task<Dictionary<string, AttestedAuthor?>> SearchAsync(CancellationToken cancel)
    {
        var found = new Dictionary<string, AttestedAuthor?>(StringComparer.Ordinal);
        var left = SearchedInAll;
        foreach (var (_, blob) in notes.OrderBy(note => note.Key))
        {
            if (await repository.ReadObjectAsync(blob, Math.Min(SearchedNote, left), cancel) is not { } text)
            {
                continue;
            }

            left -= text.Length;
            foreach (var (key, author) in format.Authors(text))
            {
                found.TryAdd(key, author);
            }
        }

        return found;
    }
}
