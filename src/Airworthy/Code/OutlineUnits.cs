using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Airworthy.Model;

namespace Airworthy.Code;

/// <summary>
/// Functions by the look of the text, where no parser is at hand: as git's own function context does it. In languages with braces a function
/// starts at a line that reads like a signature and ends at the closing brace of its, or its opening brace's, depth of indentation; in Python it ends where the
/// indentation does. Good enough to say which function a line is in; not more.
/// </summary>
internal static partial class OutlineUnits
{
    private const int MaxHeaderLines = 12;

    public static ImmutableArray<CodeUnit> Read(string language, RepoPath path, string text)
    {
        var lines = text.Split('\n');
        var units = ImmutableArray.CreateBuilder<CodeUnit>();
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].Length > TraceText.MaxLineChars ? "" : lines[i].TrimEnd();
            if (NameOf(language, line) is { } name && End(language, lines, i) is { } end)
            {
                units.Add(new CodeUnit(language, name, name, path, new LineSpan(i + 1, end)));
            }
        }

        return units.ToImmutable();
    }

    private static string? NameOf(string language, string line)
    {
        var signature = language switch
        {
            "python" => Python(),
            "go" => Go(),
            "rust" => Rust(),
            "javascript" => JavaScript(),
            "java" => Java(),
            _ => C(),
        };
        var match = line.Length == 0 ? Match.Empty : signature.Match(line);
        return match.Success && match.Groups["name"].Value is var name && name is not ("if" or "for" or "while" or "switch" or "catch" or "return" or "else")
            ? name
            : null;
    }

    private static int? End(string language, string[] lines, int start)
    {
        var indent = Indent(lines[start]);
        if (language is "python")
        {
            var last = start;
            for (var i = start + 1; i < lines.Length; i++)
            {
                if (string.IsNullOrWhiteSpace(lines[i]))
                {
                    continue;
                }

                if (Indent(lines[i]) <= indent && !lines[i].TrimStart().StartsWith(')'))
                {
                    break;
                }

                last = i;
            }

            return last + 1;
        }

        var open = false;
        for (var i = start; i < lines.Length; i++)
        {
            var line = WithoutComment(lines[i]);
            if (!open && (line.EndsWith(';') || i - start > MaxHeaderLines))
            {
                return line.EndsWith("};", StringComparison.Ordinal) && i == start ? i + 1 : null;
            }

            if (!open)
            {
                open = line.EndsWith('{');
                indent = open && line.AsSpan().TrimStart() is "{" ? Indent(line) : indent;
                if (line.EndsWith('}') && line.Contains('{', StringComparison.Ordinal))
                {
                    return i + 1;
                }
            }
            else if (Indent(line) == indent && line.TrimStart().StartsWith('}'))
            {
                return i + 1;
            }
        }

        return null;
    }

    // What follows a brace for people alone.
    private static string WithoutComment(string line)
    {
        var code = line.TrimEnd();
        var at = code.LastIndexOf("//", StringComparison.Ordinal);
        at = at < 0 && code.EndsWith("*/", StringComparison.Ordinal) ? code.LastIndexOf("/*", StringComparison.Ordinal) : at;
        // Else what looks like a comment may stand in a text.
        return at > 0 && code[..at].TrimEnd() is [.., '{' or '}' or ';'] rest ? rest : code;
    }

    private static int Indent(string line) => line.Length - line.AsSpan().TrimStart().Length;

    [GeneratedRegex(@"^(?:[A-Za-z_][\w\s*&:<>,~]*[\s*&])?(?<name>[A-Za-z_~][\w:~]*)\s*\(", RegexOptions.NonBacktracking)]
    private static partial Regex C();

    [GeneratedRegex(@"^func\s+(?:\([^)]*\)\s*)?(?<name>\w+)", RegexOptions.NonBacktracking)]
    private static partial Regex Go();

    [GeneratedRegex(@"^\s*(?:async\s+)?def\s+(?<name>\w+)", RegexOptions.NonBacktracking)]
    private static partial Regex Python();

    [GeneratedRegex(@"^\s*(?:pub(?:\([^)]*\))?\s+)?(?:(?:default|const|async|unsafe|extern(?:\s+""[^""]*"")?)\s+)*fn\s+(?<name>\w+)", RegexOptions.NonBacktracking)]
    private static partial Regex Rust();

    [GeneratedRegex(
        @"^\s*(?:export\s+)?(?:default\s+)?(?:(?:static|async|get|set|public|private|protected)\s+)*(?:function\s*\*?\s*(?<name>[\w$]+)|(?:const|let|var)\s+(?<name>[\w$]+)\s*=\s*(?:async\s*)?(?:function|\()|(?<name>[\w$#]+)\s*\([^;]*\{$)",
        RegexOptions.NonBacktracking)]
    private static partial Regex JavaScript();

    [GeneratedRegex(@"^\s+(?:[\w<>\[\],.?@]+\s+)+(?<name>\w+)\s*\(", RegexOptions.NonBacktracking)]
    private static partial Regex Java();
}
