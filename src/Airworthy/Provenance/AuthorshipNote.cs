using System.Collections.Frozen;
using System.Collections.Immutable;
using Airworthy.Model;

namespace Airworthy.Provenance;

/// <summary>
/// A git-ai note (<c>authorship/3.0.0</c>): which lines of the annotated commit an agent or a person wrote. What it does not mention is
/// unknown. See docs/design/provenance.md.
/// </summary>
internal sealed class AuthorshipNote
{
    private readonly FrozenDictionary<RepoPath, ImmutableArray<AttestedLines>> _files;

    public AuthorshipNote(IReadOnlyDictionary<RepoPath, ImmutableArray<AttestedLines>> files) => _files = files.ToFrozenDictionary();

    /// <summary>The files it speaks of; each one's lines in order and apart from each other.</summary>
    public IReadOnlyDictionary<RepoPath, ImmutableArray<AttestedLines>> Files => _files;

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

    /// <summary>What it says of the commit as a whole: one signal an agent, and one for the people.</summary>
    public IEnumerable<Signal> Signals(string source)
    {
        foreach (var author in _files.Values.SelectMany(lines => lines).Select(lines => lines.Author).Distinct())
        {
            var lines = 0L;
            var files = 0;
            foreach (var spans in _files.Values)
            {
                var here = spans.Where(attested => attested.Author == author).Sum(attested => (long)attested.Span.Count);
                lines += here;
                files += here > 0 ? 1 : 0;
            }

            yield return new Signal("note", source, SignalStrength.Proof, FormattableString.Invariant($"{lines} lines in {files} files"), author.Agent);
        }
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
