using System.Collections.Immutable;
using System.Text;
using Airworthy.Git;
using Airworthy.Model;

namespace Airworthy.Provenance.Records;

/// <summary>
/// Which commits the edits of Agent Trace records came into. A record names the revision that was checked out at the time, so an edit belongs to
/// the first descendant of it that adds lines to the file: by the hash of their text where there is one, wherever they stand by then; else
/// by their place, which may have moved, so that only lines added there are credited, and one grade lower.
/// </summary>
internal sealed class TracePlaces
{
    private const int MostCandidates = 50;
    private const int LongestText = 5_000;
    private const long LargestFile = 10 << 20;

    private readonly GitRepository _repository;
    private readonly TouchedPaths _history;
    private readonly Dictionary<CommitId, AddedLines?> _added = [];
    private readonly Dictionary<CommitId, Dictionary<RepoPath, List<RecordedLines>>> _lines = [];
    private readonly Dictionary<CommitId, HashSet<Agent>> _whole = [];

    private TracePlaces(GitRepository repository, TouchedPaths history) => (_repository, _history) = (repository, history);

    /// <summary>Lines by commit.</summary>
    public IReadOnlyDictionary<CommitId, AttestedFiles> Lines { get; private set; } = ImmutableDictionary<CommitId, AttestedFiles>.Empty;

    /// <summary>Agents that edited a file of a commit, no one knows where.</summary>
    public IReadOnlyDictionary<CommitId, HashSet<Agent>> Whole => _whole;

    /// <summary>Edits that no commit answers to.</summary>
    public int Unplaced { get; private set; }

    public static async Task<TracePlaces> FindAsync(
        GitRepository repository, CommitId head, ImmutableArray<TracedEdit> edits, CancellationToken cancel)
    {
        var history = await TouchedPaths.ReadAsync(repository, head, edits.Select(edit => edit.Path).ToHashSet(), cancel);
        var places = new TracePlaces(repository, history);
        foreach (var edit in edits)
        {
            places.Unplaced += await places.TryPlaceAsync(edit, cancel) ? 0 : 1;
        }

        places.Lines = places._lines.ToDictionary(commit => commit.Key, commit => AttestedFiles.From(commit.Value));
        return places;
    }

    private async Task<bool> TryPlaceAsync(TracedEdit edit, CancellationToken cancel)
    {
        foreach (var (commit, parent) in edit.Revision is { } revision ? _history.After(revision, edit.Path).Take(MostCandidates) : [])
        {
            if (await AddedAsync(commit, parent, cancel) is not { } added || !added.Touches(edit.Path))
            {
                continue;
            }

            if (edit.Span is not { } span)
            {
                return edit.Author.Agent is { } agent && Of(_whole, commit).Add(agent) | true;
            }

            if (edit.Content is { } hash)
            {
                if (await FindAsync(commit, edit.Path, span, hash, cancel) is { } found && added.Meets(edit.Path, found))
                {
                    Credit(commit, edit.Path, found, edit.Author);
                    return true;
                }

                continue;
            }

            // The place alone: another commit that adds lines there by chance must not be taken for it.
            if (added.Meets(edit.Path, span))
            {
                Credit(commit, edit.Path, span, ByPlace(edit.Author));
                return true;
            }

            return false;
        }

        return false;
    }

    private static AttestedAuthor ByPlace(AttestedAuthor author) =>
        author is { Agent: not null, Strength: SignalStrength.Proof } ? author with { Strength = SignalStrength.Strong } : author;

    private void Credit(CommitId commit, RepoPath path, LineSpan span, AttestedAuthor author)
    {
        var files = Of(_lines, commit);
        Of(files, path).Add(new RecordedLines(span, author));
    }

    private static TValue Of<TKey, TValue>(Dictionary<TKey, TValue> values, TKey key)
        where TKey : notnull
        where TValue : new()
    {
        if (!values.TryGetValue(key, out var value))
        {
            values[key] = value = new TValue();
        }

        return value;
    }

    private async Task<AddedLines?> AddedAsync(CommitId commit, CommitId? parent, CancellationToken cancel)
    {
        if (!_added.TryGetValue(commit, out var added))
        {
            _added[commit] = added = await AddedLines.OfAsync(_repository, commit, parent, cancel);
        }

        return added;
    }

    /// <summary>Where in a file as many lines as <paramref name="span"/> has the hash told: in its place, else anywhere.</summary>
    private async Task<LineSpan?> FindAsync(CommitId commit, RepoPath path, LineSpan span, uint hash, CancellationToken cancel)
    {
        if (await _repository.ReadAsync(commit, path, LargestFile, cancel) is not { } text)
        {
            return null;
        }

        var lines = GitText.Decode(text).Split('\n');
        if (Is(span.Start))
        {
            return span;
        }

        for (var start = 1; span.Count * (long)lines.Length <= LongestText * (long)LongestText && start <= lines.Length; start++)
        {
            if (Is(start))
            {
                return new LineSpan(start, start + span.Count - 1);
            }
        }

        return null;

        bool Is(int start)
        {
            if (start + span.Count - 1 > lines.Length)
            {
                return false;
            }

            var candidate = string.Join('\n', lines, start - 1, span.Count);
            return Murmur3.Hash(Encoding.UTF8.GetBytes(candidate)) == hash || Murmur3.Hash(Encoding.UTF8.GetBytes(candidate + "\n")) == hash;
        }
    }
}
