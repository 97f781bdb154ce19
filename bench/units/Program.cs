// Where the outline and git's own function drivers begin the function that a line stands in: of every line of every file that a driver knows.
// dotnet run -c Release --project bench/units CLONE…
//
// A driver tells its answer only in hunk headers, so each file is compared with a copy that has a line more behind each of its lines.
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Airworthy.Code;
using Airworthy.Git;

Dictionary<string, string> drivers = new(StringComparer.Ordinal) { ["c"] = "cpp", ["cpp"] = "cpp", ["go"] = "golang", ["java"] = "java", ["python"] = "python", ["rust"] = "rust" };
foreach (var clone in args)
{
    await using var repository = await GitRepository.OpenAsync(clone, CancellationToken.None);
    var head = await repository.ResolveAsync("HEAD", CancellationToken.None);
    var counts = new SortedDictionary<string, Count>(StringComparer.Ordinal);
    var folder = Directory.CreateTempSubdirectory("units-").FullName;
    foreach (var file in (await repository.FilesAsync(head, CancellationToken.None)).Where(file => file.Path.IsText))
    {
        if (CodeUnits.Language(file.Path) is { } language && drivers.TryGetValue(language, out var driver)
            && await repository.ReadAsync(head, file.Path, CodeUnits.MaxBytes, CancellationToken.None) is { } content)
        {
            if (!counts.TryGetValue(language, out var count))
            {
                counts.Add(language, count = new Count());
            }

            count.Add(file.Path.Value, Encoding.UTF8.GetString(content).TrimEnd('\n').Split('\n'), [.. CodeUnits.Read(file.Path, content).Select(unit => (unit.Span.Start, unit.Span.End))], HunkHeaders.Of(folder, driver, content));
        }
    }

    Directory.Delete(folder, recursive: true);
    Console.WriteLine($"{Path.GetFileName(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(clone))))} {head.Short}");
    foreach (var (language, count) in counts)
    {
        Console.WriteLine($"  {language,-7} {count}");
    }
}

internal static partial class HunkHeaders
{
    /// <summary>By line, what the driver shows as the function around it.</summary>
    public static Dictionary<int, string> Of(string folder, string driver, byte[] content)
    {
        var text = Encoding.Latin1.GetString(content).TrimEnd('\n');
        File.WriteAllText(Path.Combine(folder, "attributes"), $"* diff={driver}\n");
        File.WriteAllText(Path.Combine(folder, "a"), text + "\n", Encoding.Latin1);
        File.WriteAllText(Path.Combine(folder, "b"), string.Concat(text.Split('\n').Select(line => $"{line}\n@ marker @\n")), Encoding.Latin1);
        using var git = Process.Start(new ProcessStartInfo("git", ["-c", $"core.attributesFile={folder}/attributes", "diff", "--no-index", "--no-color", "-U0", "a", "b"])
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, StandardOutputEncoding = Encoding.Latin1,
        })!;
        var headers = new Dictionary<int, string>();
        while (git.StandardOutput.ReadLine() is { } line)
        {
            if (Header().Match(line) is { Success: true } header && header.Groups["says"].Length > 0)
            {
                headers[int.Parse(header.Groups["after"].ValueSpan, CultureInfo.InvariantCulture)] = Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(header.Groups["says"].Value));
            }
        }

        git.WaitForExit();
        return headers;
    }

    [GeneratedRegex(@"^@@ -(?<after>\d+),0 \+\d+(,\d+)? @@ ?(?<says>.*)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Header();
}

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

    [GeneratedRegex(@"^\s*(pub(\([^)]*\))?\s+|public\s+|private\s+|protected\s+|static\s+|final\s+|abstract\s+)*(class|struct|enum|union|impl|mod|trait|interface|record|typedef|extern|macro_rules!|type|var|const\s+\()\b|=", RegexOptions.ExplicitCapture)]
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
