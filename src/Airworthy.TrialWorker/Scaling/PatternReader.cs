using System.Globalization;

namespace Airworthy.TrialWorker.Scaling;

/// <summary>Reads a regular expression as far as its repeats need it. What it does not know (conditions, balancing groups, comments, free spacing) it refuses: then nothing is said of the expression.</summary>
internal sealed class PatternReader
{
    private const int MostDepth = 60;

    private readonly string _text;
    private int _at;

    private PatternReader(string text) => _text = text;

    /// <summary>The expression; null when it can't be read.</summary>
    public static PatternNode? Read(string pattern)
    {
        var reader = new PatternReader(pattern);
        try
        {
            var node = reader.Choice(0);
            return reader._at == pattern.Length ? node : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private bool IsAt(char c) => _at < _text.Length && _text[_at] == c;

    private PatternNode Choice(int depth)
    {
        if (depth > MostDepth)
        {
            throw new FormatException("too deep");
        }

        var parts = new List<PatternNode> { Sequence(depth) };
        while (IsAt('|'))
        {
            _at++;
            parts.Add(Sequence(depth));
        }

        return parts.Count == 1 ? parts[0] : new PatternNode.Choice(parts);
    }

    private PatternNode.Sequence Sequence(int depth)
    {
        var parts = new List<PatternNode>();
        while (_at < _text.Length && _text[_at] is not ('|' or ')'))
        {
            parts.Add(Repeated(Atom(depth)));
        }

        return new PatternNode.Sequence(parts);
    }

    private PatternNode Repeated(PatternNode part)
    {
        while (_at < _text.Length)
        {
            (int Least, int? Most)? times = _text[_at] switch { '*' => (0, null), '+' => (1, null), '?' => (0, 1), '{' => Braces(), _ => null };
            if (times is not { } one)
            {
                return part;
            }

            _at++;
            if (IsAt('?'))
            {
                _at++;
            }

            part = new PatternNode.Repeat(part, one.Least, one.Most);
        }

        return part;
    }

    /// <summary>The bounds in braces, up to the closing one; null when they are only characters.</summary>
    private (int, int?)? Braces()
    {
        var end = _text.IndexOf('}', _at);
        var parts = end < 0 ? [] : _text[(_at + 1)..end].Split(',');
        if (parts.Length is 0 or > 2 || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var least))
        {
            return null;
        }

        int? most = parts.Length == 1 ? least : null;
        if (parts.Length == 2 && parts[1].Length > 0)
        {
            if (!int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var given))
            {
                return null;
            }

            most = given;
        }

        _at = end;
        return (least, most);
    }

    private PatternNode Atom(int depth)
    {
        var c = _text[_at];
        switch (c)
        {
            case '(':
                return Group(depth);
            case '[':
                return new PatternNode.One(Class());
            case '^':
                _at++;
                return new PatternNode.Nothing(IsStart: true);
            case '$':
                _at++;
                return new PatternNode.Nothing(IsStart: false);
            case '\\':
                return Escape();
            case '*' or '+' or '?':
                throw new FormatException("nothing to repeat");
            default:
                _at++;
                return new PatternNode.One(c == '.' ? "." : c is '{' or '}' or ']' or ' ' or '#' ? "\\" + c : char.IsSurrogate(c) ? throw new FormatException("half a character") : c.ToString());
        }
    }

    private PatternNode Group(int depth)
    {
        _at++;
        var isLook = false;
        if (IsAt('?'))
        {
            var rest = _text.AsSpan(_at);
            isLook = rest.StartsWith("?=") || rest.StartsWith("?!") || rest.StartsWith("?<=") || rest.StartsWith("?<!");
            if (rest.StartsWith("?:") || rest.StartsWith("?>") || rest.StartsWith("?=") || rest.StartsWith("?!"))
            {
                _at += 2;
            }
            else if (rest.StartsWith("?<=") || rest.StartsWith("?<!"))
            {
                _at += 3;
            }
            else if (rest.Length > 1 && rest[1] is '<' or '\'' && rest[2..].IndexOfAny('>', '\'') is var end and > 0 && !rest[2..(2 + end)].Contains('-'))
            {
                _at += end + 3;
            }
            else
            {
                throw new FormatException("a group of a kind that is not known");
            }
        }

        var node = Choice(depth + 1);
        if (!IsAt(')'))
        {
            throw new FormatException("a group without its end");
        }

        _at++;
        return isLook ? new PatternNode.Nothing(IsStart: false) : node;
    }

    private string Class()
    {
        var begun = _at;
        for (_at += _text.AsSpan(_at).StartsWith("[^]") ? 3 : _text.AsSpan(_at).StartsWith("[]") ? 2 : 1; _at < _text.Length; _at++)
        {
            if (_text[_at] == '\\')
            {
                _at++;
            }
            else if (_text[_at] == '[')
            {
                throw new FormatException("a class less another");
            }
            else if (_text[_at] == ']')
            {
                return _text[begun..++_at];
            }
        }

        throw new FormatException("a class without its end");
    }

    private PatternNode Escape()
    {
        if (_at + 1 >= _text.Length)
        {
            throw new FormatException("an escape of nothing");
        }

        var c = _text[_at + 1];
        var begun = _at;
        _at += 2;
        switch (c)
        {
            case 'b' or 'B' or 'Z' or 'z' or 'G':
                return new PatternNode.Nothing(IsStart: c == 'G');
            case 'A':
                return new PatternNode.Nothing(IsStart: true);
            case 'k' or (>= '1' and <= '9'):
                throw new FormatException("what was found before");
            case 'p' or 'P':
                var end = _text.IndexOf('}', _at);
                _at = end < 0 ? throw new FormatException("a category without its end") : end + 1;
                break;
            case 'x' or 'u' or 'c' or '0':
                _at = Math.Min(_text.Length, _at + c switch { 'x' => 2, 'u' => 4, 'c' => 1, _ => 0 });
                break;
        }

        return new PatternNode.One(_text[begun.._at]);
    }
}
