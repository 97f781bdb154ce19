using System.Collections.Immutable;

namespace Airworthy.Verification.Coverage;

/// <summary>What the reports together say of one file: which statements ran, and which ways out of its branches were taken.</summary>
public sealed class FileCoverage
{
    private readonly Dictionary<SourceSpan, bool> _statements = [];
    private readonly Dictionary<int, bool> _lines = [];
    private readonly Dictionary<(int Line, long Way), bool> _branches = [];
    private readonly HashSet<string> _sources = new(StringComparer.Ordinal);
    private (SourceSpan Span, bool Ran)[]? _ordered;

    /// <summary>The reports that speak of it.</summary>
    public IReadOnlyCollection<string> Sources => _sources;

    /// <summary>True when a report lists nothing that can run in it.</summary>
    public bool IsEmpty => _statements.Count == 0 && _lines.Count == 0;

    /// <summary>The last line that is spoken of; 0 when none is.</summary>
    public int LastLine => Math.Max(_statements.Keys.Select(span => span.EndLine).DefaultIfEmpty().Max(), _lines.Keys.DefaultIfEmpty().Max());

    /// <summary>True when a report tells of branches in it; one that tells none may be of a format that can't.</summary>
    public bool TellsBranches => _branches.Count > 0;

    /// <summary>Adds a statement with its columns; one that ran in any report ran.</summary>
    public void AddStatement(SourceSpan at, bool ran)
    {
        _ordered = null;
        _statements[at] = ran || _statements.GetValueOrDefault(at);
    }

    /// <summary>Adds a line of which only the number is told.</summary>
    public void AddLine(int line, bool ran)
    {
        _ordered = null;
        _lines[line] = ran || _lines.GetValueOrDefault(line);
    }

    /// <summary>Adds one way out of a branch; one taken in any report was taken.</summary>
    public void AddBranch(int line, long way, bool taken) => _branches[(line, way)] = taken || _branches.GetValueOrDefault((line, way));

    /// <summary>Takes over what <paramref name="other"/> says, its lines placed by <paramref name="place"/>; a line without a place is left out.</summary>
    public void Add(FileCoverage other, string source, Func<int, int?> place)
    {
        _sources.Add(source);
        foreach (var (span, ran) in other._statements)
        {
            if (place(span.StartLine) is { } start && place(span.EndLine) is { } end && end - start == span.EndLine - span.StartLine)
            {
                AddStatement(span with { StartLine = start, EndLine = end }, ran);
            }
        }

        foreach (var (line, ran) in other._lines)
        {
            if (place(line) is { } at)
            {
                AddLine(at, ran);
            }
        }

        foreach (var ((line, way), taken) in other._branches)
        {
            if (place(line) is { } at)
            {
                AddBranch(at, way, taken);
            }
        }
    }

    /// <summary>The statements on <paramref name="lines"/>, each once, the innermost where they nest.</summary>
    public ImmutableArray<(SourceSpan Span, bool Ran)> On(IEnumerable<int> lines)
    {
        var found = new Dictionary<SourceSpan, bool>();
        var all = Ordered();
        foreach (var line in lines)
        {
            var here = all.Where(statement => statement.Span.IsOn(line)).ToArray();
            foreach (var (span, ran) in here.Where(outer => !here.Any(inner => outer.Span.Encloses(inner.Span))))
            {
                found[span] = ran;
            }
        }

        return [.. found.OrderBy(pair => pair.Key.StartLine).ThenBy(pair => pair.Key.StartColumn).Select(pair => (pair.Key, pair.Value))];
    }

    /// <summary>The ways out of branches on <paramref name="lines"/>: how many, and how many of them were taken.</summary>
    public (int All, int Taken) BranchesOn(IReadOnlySet<int> lines)
    {
        var here = _branches.Where(branch => lines.Contains(branch.Key.Line)).ToArray();
        return (here.Length, here.Count(branch => branch.Value));
    }

    /// <summary>True when anything that can run is listed from <paramref name="first"/> to <paramref name="last"/>.</summary>
    public bool Speaks(int first, int last) => Ordered().Any(statement => statement.Span.StartLine <= last && statement.Span.EndLine >= first);

    /// <summary>The last statement that starts at or before <paramref name="line"/>, and the first after it, within a unit's lines.</summary>
    public ImmutableArray<(SourceSpan Span, bool Ran)> Beside(int line, int first, int last)
    {
        var inside = Ordered().Where(statement => statement.Span.StartLine >= first && statement.Span.EndLine <= last).ToArray();
        var before = inside.Where(statement => statement.Span.StartLine <= line).TakeLast(1);
        var after = inside.Where(statement => statement.Span.StartLine > line).Take(1);
        return [.. before, .. after];
    }

    /// <summary>Statements in order. A line told by another report is taken with the statement that starts on it, and stands alone where none does.</summary>
    private (SourceSpan Span, bool Ran)[] Ordered()
    {
        if (_ordered is not null)
        {
            return _ordered;
        }

        var known = _statements.Keys.SelectMany(span => Enumerable.Range(span.StartLine, Math.Min(span.EndLine - span.StartLine, 1_000) + 1)).ToHashSet();
        return _ordered =
        [
            .. _statements.Select(pair => (Span: pair.Key, Ran: pair.Value || _lines.GetValueOrDefault(pair.Key.StartLine)))
                .Concat(_lines.Where(line => !known.Contains(line.Key)).Select(line => (Span: SourceSpan.Line(line.Key), Ran: line.Value)))
                .OrderBy(statement => statement.Span.StartLine).ThenBy(statement => statement.Span.StartColumn),
        ];
    }
}
