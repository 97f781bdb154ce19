using System.Collections.Immutable;
using Airworthy.Git;
using Airworthy.Model;

namespace Airworthy.Provenance.Carrying;

/// <summary>What was added to the note of a commit.</summary>
/// <param name="Commit">The commit.</param>
/// <param name="Key">The key the lines were recorded under, e.g. <c>s_0123456789abcd</c>.</param>
/// <param name="Files">How many files the lines are in.</param>
/// <param name="Lines">How many lines.</param>
public sealed record NoteAddition(CommitId Commit, string Key, int Files, int Lines)
{
    /// <summary>
    /// Records in <c>refs/notes/ai</c> who wrote lines of a commit. Without <paramref name="claims"/> it is all the lines that the commit
    /// added and of which its note says nothing yet.
    /// </summary>
    /// <exception cref="CarryException">A claimed line was not added by the commit, or its note is not of the format.</exception>
    public static async Task<NoteAddition> WriteAsync(
        GitRepository repository, Commit commit, NoteAuthor author, IReadOnlyCollection<LineClaim> claims, TimeProvider time, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(repository);
        ArgumentNullException.ThrowIfNull(commit);
        ArgumentNullException.ThrowIfNull(author);
        ArgumentNullException.ThrowIfNull(claims);
        var added = (await AddedLines.ReadAsync(repository, commit, cancel))
            .Where(file => NoteText.CanName(file.Key))
            .ToDictionary();
        if (added.Count == 0)
        {
            throw new CarryException(
                Fault.Usage,
                $"{commit.Id.Short} added no lines{(commit.Parents.Length > 1 ? " of its own, it is a merge" : "")}; name the commit that wrote them");
        }

        var record = author.Tool is { } tool ? NoteKeys.Session(tool, author.Session) : NoteKeys.Person(author.Person!);
        var claimed = claims.Select(claim => KeyValuePair.Create(claim.Path, Claimed(commit.Id, claim, added))).ToList();
        return await NoteLedger.UpdateAsync(
            repository,
            $"Record who wrote lines of {commit.Id.Short}",
            time,
            async ledger =>
            {
                var lines = claims.Count > 0 ? claimed : Untold(await ledger.FindAsync(commit.Id, cancel), added);
                if (lines.Count == 0)
                {
                    return new NoteAddition(commit.Id, record, 0, 0);
                }

                var note = await ledger.OpenAsync(commit.Id, cancel);
                var key = author.Tool is null ? record : $"{record}::{NoteKeys.Trace()}";
                if (author.Tool is null)
                {
                    note.AddPerson(record, author.Person!);
                }
                else
                {
                    note.AddSession(record, author.Tool, author.Session, author.Model, author.Person);
                }

                foreach (var (path, numbers) in lines)
                {
                    note.Attest(path, key, AddedLines.Spans(numbers));
                }

                return new NoteAddition(
                    commit.Id, record, lines.Select(file => file.Key).Distinct().Count(), lines.Sum(file => file.Value.Count));
            },
            cancel);
    }

    private static List<KeyValuePair<RepoPath, List<int>>> Untold(NoteText? note, Dictionary<RepoPath, AddedLines> added)
    {
        var lines = new List<KeyValuePair<RepoPath, List<int>>>();
        foreach (var (path, file) in added)
        {
            var keys = note?.KeysOf(path, file.Numbers.AsSpan());
            var untold = Enumerable.Range(0, file.Numbers.Length).Where(i => keys?[i] is null).Select(i => file.Numbers[i]).ToList();
            if (untold.Count > 0)
            {
                lines.Add(KeyValuePair.Create(path, untold));
            }
        }

        return lines;
    }

    private static List<int> Claimed(CommitId commit, LineClaim claim, Dictionary<RepoPath, AddedLines> added)
    {
        if (!added.TryGetValue(claim.Path, out var file))
        {
            throw new CarryException(
                Fault.Usage, $"{commit.Short} added no lines to '{claim.Path.Display}'; it added to {Some(added.Keys.Order().Select(path => path.Display))}");
        }

        if (claim.Lines.IsEmpty)
        {
            return [.. file.Numbers];
        }

        var lines = new SortedSet<int>();
        foreach (var span in claim.Lines)
        {
            var first = file.Numbers.AsSpan().BinarySearch(span.Start);
            if (first < 0 || first + span.Count > file.Numbers.Length || file.Numbers[first + span.Count - 1] != span.End)
            {
                var spans = AddedLines.Spans(file.Numbers).Select(known => known.Count == 1 ? $"{known.Start}" : $"{known.Start}-{known.End}");
                throw new CarryException(
                    Fault.Usage, $"{commit.Short} did not add all of lines {span.Start}-{span.End} of '{claim.Path.Display}'; it added {Some(spans)}");
            }

            lines.UnionWith(Enumerable.Range(span.Start, span.Count));
        }

        return [.. lines];
    }

    private static string Some(IEnumerable<string> all)
    {
        const int Told = 5;
        var list = all.Take(Told + 1).ToImmutableArray();
        return string.Join(", ", list.Take(Told)) + (list.Length > Told ? "…" : "");
    }
}
