using System.Collections.Immutable;
using Airworthy.Git;
using Airworthy.Model;

namespace Airworthy.Provenance.Records;

/// <summary>The lines a commit added, against its first parent where it has several: all that a record of it can truly speak of.</summary>
internal sealed class AddedLines
{
    private readonly Dictionary<RepoPath, List<LineSpan>> _files = [];

    private AddedLines()
    {
    }

    /// <summary>Reads them; null when git can't tell, as in a partial clone that holds no blobs.</summary>
    public static async Task<AddedLines?> OfAsync(GitRepository repository, CommitId commit, CommitId? parent, CancellationToken cancel)
    {
        var added = new AddedLines();
        try
        {
            await foreach (var file in repository.ChangesAsync(commit, parent, cancel))
            {
                if (file.NewPath is { } path)
                {
                    added._files[path] =
                        [.. file.Hunks.Where(hunk => hunk.NewCount > 0).Select(hunk => new LineSpan(hunk.NewStart, hunk.NewStart + hunk.NewCount - 1))];
                }
            }
        }
        catch (GitException)
        {
            return null;
        }

        return added;
    }

    /// <summary>True when lines were added to a file.</summary>
    public bool Touches(RepoPath path) => _files.TryGetValue(path, out var spans) && spans.Count > 0;

    /// <summary>True when a line of <paramref name="span"/> was added.</summary>
    public bool Meets(RepoPath path, LineSpan span) => _files.TryGetValue(path, out var spans) && spans.Exists(added => added.Overlaps(span));

    /// <summary>What of <paramref name="files"/> lies in these lines.</summary>
    public AttestedFiles Cut(AttestedFiles files) =>
        AttestedFiles.Of(files.Files.Select(file => KeyValuePair.Create(file.Key, Cut(file.Value, _files.GetValueOrDefault(file.Key) ?? []))));

    private static ImmutableArray<AttestedLines> Cut(ImmutableArray<AttestedLines> attested, List<LineSpan> added)
    {
        var kept = ImmutableArray.CreateBuilder<AttestedLines>();
        for (var (a, b) = (0, 0); a < attested.Length && b < added.Count;)
        {
            var (start, end) = (Math.Max(attested[a].Span.Start, added[b].Start), Math.Min(attested[a].Span.End, added[b].End));
            if (start <= end)
            {
                kept.Add(attested[a] with { Span = new LineSpan(start, end) });
            }

            _ = attested[a].Span.End < added[b].End ? a++ : b++;
        }

        return kept.DrainToImmutable();
    }
}
