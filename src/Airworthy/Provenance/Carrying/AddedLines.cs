using System.Collections.Immutable;
using Airworthy.Git;
using Airworthy.Model;

namespace Airworthy.Provenance.Carrying;

/// <summary>The lines that one commit added to one file: only of these can its note speak.</summary>
/// <param name="Numbers">Where they stand in that commit, ascending.</param>
/// <param name="Texts">What they hold, one each; what a line ends with does not count.</param>
internal sealed record AddedLines(ImmutableArray<int> Numbers, ImmutableArray<string> Texts)
{
    private const int MostLines = 2_000_000;

    /// <summary>What <paramref name="commit"/> added, by file; of a merge the lines that stand in none of its parents.</summary>
    /// <exception cref="CarryException">It added more lines than are looked at.</exception>
    public static async Task<IReadOnlyDictionary<RepoPath, AddedLines>> ReadAsync(GitRepository repository, Commit commit, CancellationToken cancel)
    {
        var added = await AgainstAsync(repository, commit, commit.Parents.IsEmpty ? null : commit.Parents[0], cancel);
        foreach (var parent in commit.Parents.Skip(1))
        {
            var other = await AgainstAsync(repository, commit, parent, cancel);
            added = added
                .Where(file => other.ContainsKey(file.Key))
                .Select(file => KeyValuePair.Create(file.Key, file.Value.Both(other[file.Key])))
                .Where(file => !file.Value.Numbers.IsEmpty)
                .ToDictionary();
        }

        return added;
    }

    /// <summary>The lines as ranges.</summary>
    public static ImmutableArray<LineSpan> Spans(IEnumerable<int> numbers)
    {
        var spans = ImmutableArray.CreateBuilder<LineSpan>();
        foreach (var number in numbers)
        {
            if (spans.Count > 0 && spans[^1].End + 1 == number)
            {
                spans[^1] = new LineSpan(spans[^1].Start, number);
            }
            else
            {
                spans.Add(new LineSpan(number, number));
            }
        }

        return spans.DrainToImmutable();
    }

    private AddedLines Both(AddedLines other)
    {
        var there = other.Numbers.ToHashSet();
        var kept = Enumerable.Range(0, Numbers.Length).Where(i => there.Contains(Numbers[i])).ToList();
        return new AddedLines([.. kept.Select(i => Numbers[i])], [.. kept.Select(i => Texts[i])]);
    }

    private static async Task<Dictionary<RepoPath, AddedLines>> AgainstAsync(
        GitRepository repository, Commit commit, CommitId? parent, CancellationToken cancel)
    {
        var added = new Dictionary<RepoPath, AddedLines>();
        var total = 0;
        await foreach (var file in repository.DiffAsync(parent, commit.Id, cancel))
        {
            var count = file.Hunks.Sum(hunk => hunk.Added.Length);
            if (file.NewPath is not { } path || count == 0)
            {
                continue;
            }

            if ((total += count) > MostLines)
            {
                throw new CarryException(
                    Fault.BadInput, FormattableString.Invariant($"{commit.Id.Short} adds more than {MostLines} lines, too many to be written by anyone; name another commit"));
            }

            added[path] = new AddedLines(
                [.. file.Hunks.SelectMany(hunk => Enumerable.Range(hunk.NewStart, hunk.Added.Length))],
                [.. file.Hunks.SelectMany(hunk => hunk.Added).Select(text => text.TrimEnd())]);
        }

        return added;
    }
}
