using System.Collections.Immutable;
using Airworthy.Code;
using Airworthy.Git;
using Airworthy.Model;
using Airworthy.Policies;

namespace Airworthy.Journeys;

/// <summary>
/// Sorts the changed lines of one file into the units they stand in. What stands in none is one unit of the file where its functions are
/// known, and a unit by its hunk where they are not.
/// </summary>
/// <param name="path">The file at the head, or before it was deleted.</param>
/// <param name="code">Its code at the head.</param>
/// <param name="authors">Who wrote its lines at the head, spans in order.</param>
/// <param name="remover">Who took lines away, as far as the change's commits tell.</param>
/// <param name="moved">The lines the change only took from elsewhere.</param>
internal sealed class GateUnits(
    RepoPath path, ChangedCode code, ImmutableArray<(LineSpan Span, Authorship By)> authors, Authorship remover, MovedBlocks moved)
{
    private readonly string _language = GateLanguage.Of(path);
    private readonly bool _runs = GateLanguage.Runs(path);
    private readonly Dictionary<CodeUnit, Touched> _touched = [];
    private CodeUnit? _outside;

    /// <summary>The units that <paramref name="hunks"/> touch, in the file's order.</summary>
    public ImmutableArray<ChangedUnit> Of(ImmutableArray<Hunk> hunks)
    {
        foreach (var hunk in hunks)
        {
            if (hunk.NewCount > 0)
            {
                Added(hunk);
            }
            else
            {
                Removed(hunk);
            }
        }

        return [.. _touched.OrderBy(pair => pair.Key.Span.Start).Select(pair => Changed(pair.Key, pair.Value))];
    }

    /// <summary>A file that is gone as a whole.</summary>
    public ChangedUnit Deleted() =>
        new(new CodeUnit(_language, path.Value, $"{path.Name} (deleted)", path, new LineSpan(0, 0)), remover, default, RemovedOnly: true, Executable: false, []);

    private void Added(Hunk hunk)
    {
        CodeUnit? outside = null;
        for (var i = 0; i < hunk.NewCount; i++)
        {
            var line = hunk.NewStart + i;
            var unit = Around(line, line);
            var touched = At(unit ?? (outside ??= Outside(new LineSpan(line, hunk.NewStart + hunk.NewCount - 1))));
            var by = AuthorOf(line);
            touched.Authors.Add(by);
            touched.Lines += LineTally.Of(by.Kind, 1);
            touched.At.Add(new ChangedLine(line, by.Kind));
            touched.Moved += moved.Has(path, line) ? 1 : 0;
            touched.Runs |= _runs && (code.Running?.Contains(line) ?? (unit is not null || !GateLanguage.IsInert(i < hunk.Added.Length ? hunk.Added[i] : "")));
        }
    }

    private void Removed(Hunk hunk)
    {
        var unit = Around(hunk.NewStart, hunk.NewStart + 1);
        var line = Math.Max(1, hunk.NewStart);
        var touched = At(unit ?? Outside(new LineSpan(line, line)));
        touched.Authors.Add(remover);
        touched.RemovedAfter.Add(hunk.NewStart);
        touched.Runs |= _runs && unit is not null && code.Running?.Contains(unit.Span.End) != false;
    }

    private ChangedUnit Changed(CodeUnit unit, Touched touched) =>
        new(unit, Together(touched.Authors), touched.Lines, RemovedOnly: touched.Lines.Total == 0, touched.Runs && !IsWhole(unit, touched), [])
        {
            OutsideFunctions = unit == _outside,
            Risks = unit == _outside ? [] : [.. code.Risks.Where(risk => unit.Span.Contains(risk.Line))],
            Moved = touched.Moved,
            At = [.. touched.At],
            RemovedAfter = [.. touched.RemovedAfter],
        };

    // A function that moved as a whole does what it did; a line that moved within one may not.
    private static bool IsWhole(CodeUnit unit, Touched touched) => touched.Moved >= unit.Span.Count && touched.Moved == touched.Lines.Total;

    private Touched At(CodeUnit unit)
    {
        if (!_touched.TryGetValue(unit, out var touched))
        {
            _touched.Add(unit, touched = new Touched());
        }

        return touched;
    }

    /// <summary>The unit of lines that stand in no function.</summary>
    private CodeUnit Outside(LineSpan span) => code.Units.IsEmpty
        ? new(_language, $"{path.Value}:{span.Start}", path.Name, path, span)
        : _outside ??= new(_language, path.Value, $"{path.Name}, outside of functions", path, span);

    /// <summary>The innermost unit around lines.</summary>
    private CodeUnit? Around(int first, int last) =>
        code.Units.Where(unit => unit.Span.Contains(first) && unit.Span.Contains(last)).MinBy(unit => unit.Span.Count);

    private Authorship AuthorOf(int line)
    {
        int low = 0, high = authors.Length - 1;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (authors[middle].Span.Contains(line))
            {
                return authors[middle].By;
            }

            (low, high) = authors[middle].Span.End < line ? (middle + 1, high) : (low, middle - 1);
        }

        return Authorship.Unknown;
    }

    /// <summary>What several lines are together: AI if any is, else unknown if any is, else human.</summary>
    public static Authorship Together(IReadOnlyCollection<Authorship> authors)
    {
        var kinds = authors.Select(by => by.Kind).ToHashSet();
        var kind = kinds.Contains(AuthorKind.Ai) ? AuthorKind.Ai
            : kinds.Contains(AuthorKind.Unknown) || kinds.Count == 0 ? AuthorKind.Unknown
            : AuthorKind.Human;
        return new Authorship(
            kind,
            [.. authors.SelectMany(by => by.Agents).Distinct()],
            [.. authors.SelectMany(by => by.Signals).Distinct()],
            authors.Count > 0 && authors.All(by => by.Basis == AuthorshipBasis.Line) ? AuthorshipBasis.Line : AuthorshipBasis.Commit);
    }

    private sealed class Touched
    {
        public HashSet<Authorship> Authors { get; } = [];

        public LineTally Lines { get; set; }

        public List<ChangedLine> At { get; } = [];

        public List<int> RemovedAfter { get; } = [];

        public int Moved { get; set; }

        public bool Runs { get; set; }
    }
}
