using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;

namespace Airworthy.Provenance;

/// <summary>
/// A commit message's body as lines in which a trailer can be recognised. git reads trailers only in the last paragraph; agents' trailers
/// stand anywhere: above a squash's <c>---------</c>, in bullets, indented under <c>commit …</c> of a squashed log, with a full-width colon
/// or invisible characters. Left out are the subject, fenced and indented quotations, and lines too long to be a trailer.
/// </summary>
internal sealed partial class MessageBody
{
    private const string Indent = "    ";

    // A template's choice that was not taken.
    private const string UncheckedBox = "[ ]";
    private const string CheckedBox = "[x]";

    public MessageBody(string message)
    {
        var (subject, body) = Split(message);
        Subject = subject;
        Lines = body.IsEmpty ? [] : Read(Middle(body));
        Text = string.Join('\n', Lines);
    }

    /// <summary>The first line that is not empty. Never searched for trailers: repositories and branches are named after agents.</summary>
    public string Subject { get; }

    /// <summary>The readable lines, without their bullets and the blanks around them.</summary>
    public ImmutableArray<string> Lines { get; }

    /// <summary><see cref="Lines"/> in one string, to ask quickly whether any line can matter.</summary>
    public string Text { get; }

    private static (string Subject, ReadOnlyMemory<char> Body) Split(string message)
    {
        var text = message.AsMemory().TrimStart("\r\n");
        var end = text.Span.IndexOf('\n');
        return end < 0
            ? (SignalLimits.Bound(text.Span), default)
            : (SignalLimits.Bound(text.Span[..end]), text[(end + 1)..]);
    }

    private static string Middle(ReadOnlyMemory<char> body) => body.Length <= 2 * SignalLimits.MessageEnd
        ? body.ToString()
        : string.Concat(body.Span[..SignalLimits.MessageEnd], "\n", body.Span[^SignalLimits.MessageEnd..]);

    private static ImmutableArray<string> Read(string body)
    {
        var lines = ImmutableArray.CreateBuilder<string>();
        var fences = new Fences(body);
        var inSquashedLog = false;
        var number = 0;
        foreach (var raw in body.AsSpan().EnumerateLines())
        {
            var quoted = fences.Covers(number++);
            if (quoted || raw.Length > SignalLimits.LineLength)
            {
                continue;
            }

            var line = Visible(raw);
            inSquashedLog |= SquashedCommit().IsMatch(line);
            if (!inSquashedLog && IsIndentedQuotation(line))
            {
                continue;
            }

            line = WithoutBullet(line.AsSpan().Trim());
            if (line.Length > 0 && !line.StartsWith(UncheckedBox, StringComparison.Ordinal))
            {
                lines.Add(line);
            }
        }

        return lines.DrainToImmutable();
    }

    // Markdown's code block: an example of a trailer, not one.
    private static bool IsIndentedQuotation(string line) => line.StartsWith(Indent, StringComparison.Ordinal) || line.StartsWith('\t');

    private static string WithoutBullet(ReadOnlySpan<char> line)
    {
        while (line.Length > 1 && line[0] is '*' or '-' or '+' or '•' && line[1] == ' ')
        {
            line = line[2..].TrimStart();
        }

        return (line.StartsWith(CheckedBox, StringComparison.OrdinalIgnoreCase) ? line[CheckedBox.Length..].TrimStart() : line).ToString();
    }

    private static string Visible(ReadOnlySpan<char> line)
    {
        if (line.IndexOfAnyExceptInRange(' ', '~') < 0)
        {
            return line.ToString();
        }

        var text = new StringBuilder(line.Length);
        foreach (var c in line)
        {
            if (c is '\u00AD' or (>= '\u200B' and <= '\u200F') or (>= '\u202A' and <= '\u202E') or (>= '\u2060' and <= '\u2064') or '\uFEFF')
            {
                continue;
            }

            text.Append(c switch
            {
                '\uFF1A' => ':',
                '\u00A0' or '\u202F' or '\u3000' => ' ',
                _ => c,
            });
        }

        return text.ToString();
    }

    [GeneratedRegex(@"^commit [0-9a-f]{40}(?:[0-9a-f]{24})?$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: SignalLimits.MatchMilliseconds)]
    private static partial Regex SquashedCommit();

    /// <summary>Which lines stand inside a fenced block; a fence that is never closed quotes nothing.</summary>
    private readonly struct Fences
    {
        private readonly List<(int Open, int Close)>? _blocks;

        public Fences(string body)
        {
            if (!body.Contains("```", StringComparison.Ordinal))
            {
                return;
            }

            _blocks = [];
            int? open = null;
            var number = 0;
            foreach (var line in body.AsSpan().EnumerateLines())
            {
                if (line.TrimStart().StartsWith("```", StringComparison.Ordinal))
                {
                    if (open is { } start)
                    {
                        _blocks.Add((start, number));
                        open = null;
                    }
                    else
                    {
                        open = number;
                    }
                }

                number++;
            }
        }

        public bool Covers(int line)
        {
            if (_blocks is null)
            {
                return false;
            }

            // Blocks are in order and few; the last one that opens at or before the line decides.
            var (low, high) = (0, _blocks.Count - 1);
            while (low <= high)
            {
                var middle = (low + high) / 2;
                var (open, close) = _blocks[middle];
                if (line < open)
                {
                    high = middle - 1;
                }
                else if (line > close)
                {
                    low = middle + 1;
                }
                else
                {
                    return true;
                }
            }

            return false;
        }
    }
}
