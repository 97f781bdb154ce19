using System.Text;

namespace Airworthy.Model;

/// <summary>
/// A path inside a repository, with '/' between its parts and none at its start. git's paths are bytes: what is not UTF-8 is kept,
/// each such byte as the lone surrogate U+DC80 to U+DCFF (the convention of Python's <c>surrogateescape</c>), so
/// <see cref="ToBytes"/> always gives back what git gave.
/// </summary>
public readonly record struct RepoPath : IComparable<RepoPath>
{
    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly string? _value;

    public RepoPath(string value) => _value = value;

    /// <summary>The path as text, invalid bytes as lone surrogates.</summary>
    public string Value => _value ?? "";

    /// <summary>True when the path is valid UTF-8, so that <see cref="Value"/> can be written anywhere.</summary>
    public bool IsText => IsWellFormed(Value);

    /// <summary>The last part.</summary>
    public string Name => Value[(Value.LastIndexOf('/') + 1)..];

    /// <summary>All but the last part; empty at the top.</summary>
    public string Folder => Value.LastIndexOf('/') is var slash and >= 0 ? Value[..slash] : "";

    /// <summary>Reads git's bytes.</summary>
    public static RepoPath FromBytes(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return new RepoPath(s_strict.GetString(bytes));
        }
        catch (DecoderFallbackException)
        {
            return new RepoPath(Escape(bytes));
        }
    }

    /// <summary>The bytes git knows the path by.</summary>
    public byte[] ToBytes()
    {
        var value = Value;
        var bytes = new List<byte>(value.Length + 8);
        Span<byte> buffer = stackalloc byte[4];
        for (var i = 0; i < value.Length; i++)
        {
            if (Rune.TryGetRuneAt(value, i, out var rune))
            {
                i += rune.Utf16SequenceLength - 1;
            }
            else if (value[i] is >= '\uDC80' and <= '\uDCFF')
            {
                bytes.Add((byte)(value[i] - 0xDC00));
                continue;
            }
            else
            {
                rune = Rune.ReplacementChar;
            }

            bytes.AddRange(buffer[..rune.EncodeToUtf8(buffer)]);
        }

        return [.. bytes];
    }

    /// <summary>The path as a person can read it in a terminal: control and invisible characters and invalid bytes as <c>\ooo</c>, like git's own quoting.</summary>
    public string Display
    {
        get
        {
            var text = new StringBuilder(Value.Length);
            for (var i = 0; i < Value.Length; i++)
            {
                var c = Value[i];
                if (Rune.TryGetRuneAt(Value, i, out var rune) && !Rune.IsControl(rune))
                {
                    i += rune.Utf16SequenceLength - 1;
                    if (InertText.Shows(rune))
                    {
                        text.Append(rune.ToString());
                    }
                    else
                    {
                        AppendBytes(text, rune);
                    }

                    continue;
                }

                _ = c switch
                {
                    '\t' => text.Append("\\t"),
                    '\n' => text.Append("\\n"),
                    '\r' => text.Append("\\r"),
                    _ => text.Append('\\').Append(Convert.ToString(c & 0xFF, 8).PadLeft(3, '0')),
                };
            }

            return text.ToString();
        }
    }

    public int CompareTo(RepoPath other) => string.CompareOrdinal(Value, other.Value);

    public static bool operator <(RepoPath left, RepoPath right) => left.CompareTo(right) < 0;

    public static bool operator >(RepoPath left, RepoPath right) => left.CompareTo(right) > 0;

    public static bool operator <=(RepoPath left, RepoPath right) => left.CompareTo(right) <= 0;

    public static bool operator >=(RepoPath left, RepoPath right) => left.CompareTo(right) >= 0;

    public override string ToString() => Value;

    private static void AppendBytes(StringBuilder text, Rune rune)
    {
        Span<byte> bytes = stackalloc byte[4];
        foreach (var one in bytes[..rune.EncodeToUtf8(bytes)])
        {
            text.Append('\\').Append(Convert.ToString(one, 8).PadLeft(3, '0'));
        }
    }

    private static bool IsWellFormed(string value)
    {
        for (var i = 0; i < value.Length; i++)
        {
            if (!char.IsSurrogate(value[i]))
            {
                continue;
            }

            if (!Rune.TryGetRuneAt(value, i, out _))
            {
                return false;
            }

            i++;
        }

        return true;
    }

    private static string Escape(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        while (!bytes.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(bytes, out var rune, out var consumed) == System.Buffers.OperationStatus.Done)
            {
                text.Append(rune.ToString());
            }
            else
            {
                consumed = 1;
                text.Append((char)(0xDC00 + bytes[0]));
            }

            bytes = bytes[consumed..];
        }

        return text.ToString();
    }
}
