using System.Globalization;
using System.Text.RegularExpressions;

namespace Airworthy.UnitsBench;

/// <summary>How often the two agree, of one language.</summary>
internal sealed partial class Count
{
    private const int Shown = 20;

    private readonly List<string> _others = [];
    private int _lines, _same, _neither, _behind, _onlyGit, _onlyOutline, _other, _functions, _missed;

    public void Add(string path, string[] lines, (int Start, int End)[] units, Dictionary<int, string> headers)
    {
        var starts = units.Select(unit => unit.Start).ToHashSet();
        var known = new HashSet<int>();
        for (var number = 1; number <= lines.Length; number++)
        {
            var outline = units.Where(unit => unit.Start <= number && unit.End >= number).Select(unit => unit.Start).DefaultIfEmpty().Max();
            var git = headers.TryGetValue(number, out var header) ? Start(lines, number, header) : 0;
            _lines++;
            // Git's function reaches to the next one, and a type or a declaration may be one; the outline's ends, and is a function.
            _ = git == outline ? git == 0 ? _neither++ : _same++
                : outline == 0 ? starts.Contains(git) ? _behind++ : _onlyGit++
                : git == 0 ? _onlyOutline++ : _other++;
            if (git > 0 && IsFunction(lines[git - 1]) && known.Add(git))
            {
                _functions++;
                if (!starts.Contains(git))
                {
                    _missed++;
                    _others.Add($"{path}:{git}  {lines[git - 1].Trim()}");
                }
            }
        }
    }

    // By its look: a parameter list, and neither a type nor a declaration without a body.
    private static bool IsFunction(string line) =>
        line.Contains('(', StringComparison.Ordinal) && !line.TrimEnd().EndsWith(';') && !OtherThing().IsMatch(line);

    [GeneratedRegex(@"^\s*(pub(\([^)]*\))?\s+|public\s+|private\s+|protected\s+|static\s+|final\s+|abstract\s+)*(class|struct|enum|union|impl|mod|trait|interface|record|typedef|extern|macro_rules!|type|var|const\s+\()\b|=", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex OtherThing();

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{_lines:N0} lines: same {Share(_same)}, neither {Share(_neither)}, behind the end {Share(_behind)}, git alone {Share(_onlyGit)}, outline alone {Share(_onlyOutline)}, another {Share(_other)}\n    of {_functions:N0} functions of the driver the outline lacks {_missed:N0}{string.Concat(_others.Take(Shown).Select(other => $"\n      {other}"))}");

    private static int Start(string[] lines, int number, string header)
    {
        var wanted = header.Trim();
        wanted = wanted[..Math.Min(60, wanted.Length)];
        for (var line = number; line > 0; line--)
        {
            if (lines[line - 1].Trim().StartsWith(wanted, StringComparison.Ordinal))
            {
                return line;
            }
        }

        return 0;
    }

    private string Share(int count) => string.Create(CultureInfo.InvariantCulture, $"{100.0 * count / Math.Max(1, _lines):0.0} %");
}
