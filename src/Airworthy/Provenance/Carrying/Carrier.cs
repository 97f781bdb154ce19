using System.Collections.Immutable;
using Airworthy.Git;
using Airworthy.Model;

namespace Airworthy.Provenance.Carrying;

/// <summary>
/// Carries the authorship of lines from commits to the commit that took their place, by content and order. A line keeps the key it had, an
/// agent's as well as a person's; a line that is not found again, or of which nothing was known, is left alone.
/// </summary>
internal sealed class Carrier(GitRepository repository, NoteLedger ledger)
{
    /// <summary>What each of <paramref name="commits"/> added, as it stood in that very commit.</summary>
    public async Task<ImmutableArray<SourceText>> OfCommitsAsync(IEnumerable<CommitId> commits, CancellationToken cancel)
    {
        var texts = ImmutableArray.CreateBuilder<SourceText>();
        foreach (var id in commits)
        {
            var note = await ledger.FindAsync(id, cancel);
            foreach (var (path, added) in await AddedLines.ReadAsync(repository, await repository.CommitAsync(id, cancel), cancel))
            {
                ImmutableArray<string?> keys = [.. note?.KeysOf(path, added.Numbers.AsSpan()) ?? new string?[added.Numbers.Length]];
                texts.Add(new SourceText(path, added.Texts, keys, [.. keys.Select(key => key is null ? null : note)]));
            }
        }

        return texts.DrainToImmutable();
    }

    /// <summary>
    /// What <paramref name="commits"/> left at the end of their branch: the lines of theirs that live at <paramref name="tip"/>, in the
    /// files' order.
    /// </summary>
    public async Task<ImmutableArray<SourceText>> OfBranchAsync(IReadOnlyCollection<CommitId> commits, CommitId tip, CancellationToken cancel)
    {
        var added = new Dictionary<CommitId, IReadOnlyDictionary<RepoPath, AddedLines>>();
        var notes = new Dictionary<CommitId, NoteText?>();
        foreach (var id in commits)
        {
            added[id] = await AddedLines.ReadAsync(repository, await repository.CommitAsync(id, cancel), cancel);
            notes[id] = await ledger.FindAsync(id, cancel);
        }

        var there = (await repository.FilesAsync(tip, cancel)).Select(file => file.Path).ToHashSet();
        var paths = added.Values.SelectMany(files => files.Keys).Where(there.Contains).ToHashSet();
        var texts = ImmutableArray.CreateBuilder<SourceText>();
        if (paths.Count == 0)
        {
            return [];
        }

        await foreach (var file in repository.Lines.OriginsAsync(paths, tip, cancel))
        {
            texts.Add(Living(file, added, notes));
        }

        return [.. texts.Where(text => !text.Texts.IsEmpty).OrderBy(text => text.Path)];
    }

    /// <summary>Carries what is found again into the note of <paramref name="target"/>; what its note says already is kept.</summary>
    /// <param name="sources">Where the lines may have come from; of equal blocks the later one counts.</param>
    /// <param name="target">The commit that took their place.</param>
    /// <param name="onlyIfOfThem">True to write nothing unless most of the commit came from them: nobody vouches that it did.</param>
    /// <param name="cancel">Ends the work.</param>
    public async Task<CarriedLines> CarryAsync(ImmutableArray<SourceText> sources, Commit target, bool onlyIfOfThem, CancellationToken cancel)
    {
        var added = await AddedLines.ReadAsync(repository, target, cancel);
        var own = await ledger.FindAsync(target.Id, cancel);
        var lines = new List<(RepoPath Path, int Line, string Key, NoteText Note)>();
        var result = new CarriedLines(target.Id, 0, 0, 0, 0, 0, 0);
        var paths = sources.Select(source => source.Path).ToHashSet();
        foreach (var (path, file) in added)
        {
            // A file that was renamed on the way is looked for among those that are not there any more.
            var candidates = paths.Contains(path)
                ? sources.Where(source => source.Path == path).ToList()
                : sources.Where(source => !added.ContainsKey(source.Path)).ToList();
            var origins = BlockMatch.Find(candidates.ConvertAll(candidate => candidate.Texts), file.Texts);
            var known = own?.KeysOf(path, file.Numbers.AsSpan());
            for (var i = 0; i < origins.Length; i++)
            {
                var isTelling = BlockMatch.IsTelling(file.Texts[i]);
                var isFound = origins[i] is not null;
                result = result with
                {
                    Added = result.Added + 1,
                    Telling = result.Telling + (isTelling ? 1 : 0),
                    Found = result.Found + (isTelling && isFound ? 1 : 0),
                    Known = result.Known + (known?[i] is null ? 0 : 1),
                };
                if (known?[i] is null && origins[i] is var (source, line) && candidates[source].Keys[line] is { } key && NoteText.CanName(path))
                {
                    lines.Add((path, file.Numbers[i], key, candidates[source].Notes[line]!));
                }
            }
        }

        if (lines.Count == 0 || (onlyIfOfThem && !result.IsOfThem))
        {
            return result;
        }

        await WriteAsync(target.Id, lines, cancel);
        var human = lines.Count(line => NoteText.IsPerson(line.Key));
        return result with { Human = human, Ai = lines.Count - human };
    }

    private async Task WriteAsync(CommitId target, List<(RepoPath Path, int Line, string Key, NoteText Note)> lines, CancellationToken cancel)
    {
        var note = await ledger.OpenAsync(target, cancel);
        foreach (var file in lines.GroupBy(line => line.Path))
        {
            foreach (var same in file.GroupBy(line => line.Key, StringComparer.Ordinal))
            {
                note.TakeRecord(same.First().Note, same.Key);
                note.Attest(file.Key, same.Key, AddedLines.Spans(same.Select(line => line.Line)));
            }
        }
    }

    private static SourceText Living(
        FileOrigins file, Dictionary<CommitId, IReadOnlyDictionary<RepoPath, AddedLines>> added, Dictionary<CommitId, NoteText?> notes)
    {
        var texts = ImmutableArray.CreateBuilder<string>();
        var keys = ImmutableArray.CreateBuilder<string?>();
        var from = ImmutableArray.CreateBuilder<NoteText?>();
        foreach (var run in file.Runs)
        {
            if (!added.TryGetValue(run.Commit, out var files) || !files.TryGetValue(run.OriginalPath, out var lines))
            {
                continue;
            }

            var note = notes[run.Commit];
            var numbers = Enumerable.Range(run.OriginalStart, run.Count).ToArray();
            var said = note?.KeysOf(run.OriginalPath, numbers);
            for (var i = 0; i < numbers.Length; i++)
            {
                if (lines.Numbers.AsSpan().BinarySearch(numbers[i]) is var at and >= 0)
                {
                    texts.Add(lines.Texts[at]);
                    keys.Add(said?[i]);
                    from.Add(said?[i] is null ? null : note);
                }
            }
        }

        return new SourceText(file.Path, texts.DrainToImmutable(), keys.DrainToImmutable(), from.DrainToImmutable());
    }
}
