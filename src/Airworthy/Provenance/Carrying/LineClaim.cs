using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using Airworthy.Model;

namespace Airworthy.Provenance.Carrying;

/// <summary>Lines of a file that somebody says who wrote.</summary>
/// <param name="Path">The file, from the repository's top.</param>
/// <param name="Lines">The lines, as they stand in the commit; none means all that the commit added to the file.</param>
public sealed record LineClaim(RepoPath Path, ImmutableArray<LineSpan> Lines)
{
    private static readonly SearchValues<char> s_ranges = SearchValues.Create("0123456789-,");

    /// <summary>Reads <c>path</c> or <c>path:1-20,30</c>.</summary>
    /// <exception cref="CarryException">It is neither.</exception>
    public static LineClaim Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var colon = text.LastIndexOf(':');
        var ranges = text.AsSpan()[(colon + 1)..];
        if (colon <= 0 || ranges.ContainsAnyExcept(s_ranges))
        {
            return text.Length > 0 ? new LineClaim(new RepoPath(text), []) : throw Malformed(text);
        }

        var lines = ImmutableArray.CreateBuilder<LineSpan>();
        foreach (var part in ranges.Split(','))
        {
            var range = ranges[part];
            var dash = range.IndexOf('-');
            var end = 0;
            if (!TryRead(dash < 0 ? range : range[..dash], out var start) || (dash >= 0 && !TryRead(range[(dash + 1)..], out end)))
            {
                throw Malformed(text);
            }

            end = dash < 0 ? start : end;
            lines.Add(end >= start ? new LineSpan(start, end) : throw Malformed(text));
        }

        return new LineClaim(new RepoPath(text[..colon]), lines.DrainToImmutable());
    }

    private static bool TryRead(ReadOnlySpan<char> text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number > 0;

    private static CarryException Malformed(string text) =>
        new(Fault.Usage, $"--lines '{text}' names no lines; give PATH, or PATH:RANGES such as src/a.cs:1-20,30");
}
