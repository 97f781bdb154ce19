using System.Diagnostics.CodeAnalysis;

namespace Airworthy.Model;

/// <summary>The full object name of a commit: 40 lower-case hexadecimal digits (SHA-1) or 64 (SHA-256).</summary>
public readonly record struct CommitId : IComparable<CommitId>
{
    private readonly string? _hex;

    private CommitId(string hex) => _hex = hex;

    /// <summary>The digits; never abbreviated.</summary>
    public string Hex => _hex ?? throw new InvalidOperationException("a default CommitId names no commit");

    /// <summary>The first twelve digits, for people.</summary>
    public string Short => Hex[..12];

    /// <summary>Reads a full object name.</summary>
    /// <exception cref="FormatException"><paramref name="hex"/> is not 40 or 64 hexadecimal digits.</exception>
    public static CommitId Parse(ReadOnlySpan<char> hex) =>
        TryParse(hex, out var id) ? id : throw new FormatException($"'{hex}' is not a full commit id");

    /// <summary>Reads a full object name; false when <paramref name="hex"/> is anything else, such as a branch or an abbreviation.</summary>
    public static bool TryParse(ReadOnlySpan<char> hex, [NotNullWhen(true)] out CommitId id)
    {
        id = default;
        if (hex.Length is not (40 or 64))
        {
            return false;
        }

        foreach (var c in hex)
        {
            if (!char.IsAsciiHexDigit(c))
            {
                return false;
            }
        }

        id = new CommitId(hex.ToString().ToLowerInvariant());
        return true;
    }

    public int CompareTo(CommitId other) => string.CompareOrdinal(_hex, other._hex);

    public static bool operator <(CommitId left, CommitId right) => left.CompareTo(right) < 0;

    public static bool operator >(CommitId left, CommitId right) => left.CompareTo(right) > 0;

    public static bool operator <=(CommitId left, CommitId right) => left.CompareTo(right) <= 0;

    public static bool operator >=(CommitId left, CommitId right) => left.CompareTo(right) >= 0;

    public override string ToString() => _hex ?? "";
}
