using System.Collections.Immutable;
using Airworthy.Model;

namespace Airworthy.Policies;

/// <summary>
/// A pattern over a repository's paths, with the meaning of a <c>.gitignore</c> line: <c>*</c> and <c>?</c> stay within one part of a path,
/// <c>**</c> is any number of parts, a pattern without a slash before its end matches at any depth, and what matches a folder matches all
/// in it. Case counts. Matching takes at most pattern × path steps, so no pattern can stall it.
/// </summary>
public sealed class GlobPattern : IEquatable<GlobPattern>
{
    private const string AnyParts = "**";

    private readonly ImmutableArray<string> _parts;
    private readonly bool _foldersOnly;

    private GlobPattern(string text, ImmutableArray<string> parts, bool foldersOnly)
    {
        Text = text;
        _parts = parts;
        _foldersOnly = foldersOnly;
    }

    /// <summary>The pattern as written.</summary>
    public string Text { get; }

    /// <summary>Reads a pattern.</summary>
    /// <exception cref="FormatException">It is none; the message says why.</exception>
    public static GlobPattern Parse(string text)
    {
        if (Problem(text) is { } problem)
        {
            throw new FormatException(problem);
        }

        var foldersOnly = text.EndsWith('/');
        var body = foldersOnly ? text[..^1] : text;
        var anchored = body.Contains('/', StringComparison.Ordinal);
        var parts = body.TrimStart('/').Split('/');
        return new GlobPattern(text, anchored ? [.. parts] : [AnyParts, .. parts], foldersOnly);
    }

    /// <summary>True when <paramref name="path"/> or a folder above it matches.</summary>
    public bool Matches(RepoPath path)
    {
        var names = path.Value.Split('/');

        // reached[i] is true when the first i parts of the pattern match the names so far.
        var reached = new bool[_parts.Length + 1];
        reached[0] = true;
        SkipAnyParts(reached);
        for (var depth = 0; depth < names.Length; depth++)
        {
            reached = Step(reached, names[depth]);
            var isFile = depth == names.Length - 1;
            if (reached[_parts.Length] && !(isFile && _foldersOnly))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True when all that <paramref name="other"/> matches is certain to match this; false when it is not, or can't be told by the parts alone.</summary>
    public bool Covers(GlobPattern other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var isAnchored = !string.Equals(_parts[0], AnyParts, StringComparison.Ordinal);
        var parts = isAnchored ? _parts.AsSpan() : _parts.AsSpan()[1..];
        if (parts is [AnyParts or "*"] && !isAnchored && !_foldersOnly)
        {
            return true;
        }

        for (var at = 0; at + parts.Length <= other._parts.Length && (at == 0 || !isAnchored); at++)
        {
            if (parts.SequenceEqual(other._parts.AsSpan().Slice(at, parts.Length)) && (at + parts.Length < other._parts.Length || !_foldersOnly || other._foldersOnly))
            {
                return true;
            }
        }

        return false;
    }

    public bool Equals(GlobPattern? other) => other is not null && string.Equals(Text, other.Text, StringComparison.Ordinal);

    public override bool Equals(object? obj) => Equals(obj as GlobPattern);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Text);

    public override string ToString() => Text;

    private static string? Problem(string text) => text switch
    {
        "" or "/" => "a pattern must name something",
        { Length: > 500 } => "a pattern may have at most 500 characters",
        ['!', ..] => "a pattern can't be negated; use 'except' where a rule has it",
        _ when text.Contains('\\', StringComparison.Ordinal) => "a pattern has '/' between its parts, never '\\'",
        _ when text.Any(char.IsControl) => "a pattern can't hold control characters",
        _ when text.TrimStart('/').TrimEnd('/').Split('/').Any(part => part is "" or "." or "..") => "a pattern can't have empty parts, '.' or '..'",
        _ => null,
    };

    private bool[] Step(bool[] reached, string name)
    {
        var next = new bool[reached.Length];
        for (var i = 0; i < _parts.Length; i++)
        {
            if (!reached[i])
            {
                continue;
            }

            if (string.Equals(_parts[i], AnyParts, StringComparison.Ordinal))
            {
                next[i] = true;
                next[i + 1] |= i == _parts.Length - 1;
            }
            else if (PartMatches(_parts[i], name))
            {
                next[i + 1] = true;
            }
        }

        SkipAnyParts(next);
        return next;
    }

    /// <summary>A <c>**</c> that more follows may match nothing at all; at the end it needs something inside the folder.</summary>
    private void SkipAnyParts(bool[] reached)
    {
        for (var i = 0; i < _parts.Length - 1; i++)
        {
            if (reached[i] && string.Equals(_parts[i], AnyParts, StringComparison.Ordinal))
            {
                reached[i + 1] = true;
            }
        }
    }

    private static bool PartMatches(string pattern, string name)
    {
        int p = 0, n = 0, star = -1, resume = 0;
        while (n < name.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                resume = n;
            }
            else if (p < pattern.Length && (pattern[p] == '?' || pattern[p] == name[n]))
            {
                p++;
                n++;
            }
            else if (star >= 0)
            {
                p = star + 1;
                n = ++resume;
            }
            else
            {
                return false;
            }
        }

        return pattern.AsSpan(p).Trim('*').IsEmpty;
    }
}
