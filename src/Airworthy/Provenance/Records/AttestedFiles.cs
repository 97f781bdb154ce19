using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Airworthy.Model;

namespace Airworthy.Provenance.Records;

/// <summary>Which lines of one commit an agent or a person wrote, by a record of them. What it does not mention is unknown.</summary>
internal sealed class AttestedFiles
{
    private readonly FrozenDictionary<RepoPath, ImmutableArray<AttestedLines>> _files;

    private AttestedFiles(IEnumerable<KeyValuePair<RepoPath, ImmutableArray<AttestedLines>>> files) => _files = files.ToFrozenDictionary();

    public static AttestedFiles None { get; } = new([]);

    /// <summary>The files it speaks of; each one's lines in order and apart from each other.</summary>
    public IReadOnlyDictionary<RepoPath, ImmutableArray<AttestedLines>> Files => _files;

    /// <summary>How many lines it speaks of.</summary>
    public long Lines => _files.Values.Sum(lines => lines.Sum(attested => (long)attested.Span.Count));

    /// <summary>Takes ranges as they were written down; of those that cover a line the last wins.</summary>
    public static AttestedFiles From(IEnumerable<KeyValuePair<RepoPath, List<RecordedLines>>> ranges) => Of(
        ranges.Select(file => KeyValuePair.Create(file.Key, LastEntryWins.Resolve(file.Value))));

    /// <summary>Takes lines in order and apart from each other; files without any are left out.</summary>
    public static AttestedFiles Of(IEnumerable<KeyValuePair<RepoPath, ImmutableArray<AttestedLines>>> files)
    {
        var some = files.Where(file => !file.Value.IsEmpty).ToList();
        return some.Count == 0 ? None : new AttestedFiles(some);
    }

    /// <summary>The attested lines of <paramref name="path"/> that meet <paramref name="span"/>, cut to it, in order.</summary>
    public IEnumerable<AttestedLines> Within(RepoPath path, LineSpan span)
    {
        if (!_files.TryGetValue(path, out var all))
        {
            yield break;
        }

        for (var i = FirstEndingAtOrAfter(all, span.Start); i < all.Length && all[i].Span.Start <= span.End; i++)
        {
            var lines = all[i];
            yield return lines with { Span = new LineSpan(Math.Max(lines.Span.Start, span.Start), Math.Min(lines.Span.End, span.End)) };
        }
    }

    /// <summary>What it says of the commit as a whole: a signal for each agent, and one for the people.</summary>
    public IEnumerable<Signal> Signals(string kind, string source)
    {
        var totals = new Dictionary<AttestedAuthor, (long Lines, int Files)>();
        foreach (var spans in _files.Values)
        {
            foreach (var group in spans.GroupBy(attested => attested.Author))
            {
                ref var total = ref CollectionsMarshal.GetValueRefOrAddDefault(totals, group.Key, out _);
                total = (total.Lines + group.Sum(attested => (long)attested.Span.Count), total.Files + 1);
            }
        }

        return totals.Select(total => new Signal(
            kind,
            source,
            total.Key.Strength,
            $"{Words.Count(total.Value.Lines, "line")} in {Words.Count(total.Value.Files, "file")}",
            total.Key.Agent));
    }

    private static int FirstEndingAtOrAfter(ImmutableArray<AttestedLines> all, int line)
    {
        var (low, high) = (0, all.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (all[middle].Span.End < line)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
