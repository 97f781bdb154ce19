using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Airworthy.Model;

namespace Airworthy.Code;

/// <summary>
/// What two traces of the same failure have in common: the exception types of the chain and the root's innermost in-app functions. Lines,
/// messages, machines' folders and framework frames vary between versions and hosts and are left out.
/// </summary>
public static class StackFingerprint
{
    private const int Frames = 5;

    private static readonly SearchValues<char> s_digits = SearchValues.Create("0123456789");

    /// <summary>Sixteen hexadecimal digits; the same for traces of the same failure in any version.</summary>
    public static string Of(StackTrace trace)
    {
        var text = new StringBuilder();
        for (var at = trace; at is not null; at = at.Inner)
        {
            text.Append(at.Type).Append('\n');
        }

        for (var at = trace.Root; ; at = Outer(trace, at))
        {
            var own = at.Frames.Where(frame => !FrameworkCode.Owns(frame.Symbol) && !frame.IsThrowHelper).Take(Frames).ToArray();
            if (own.Length > 0 || at == trace)
            {
                foreach (var frame in own.Length > 0 ? own : [.. at.Frames.Take(Frames)])
                {
                    text.Append(Stable(frame)).Append('\n');
                }

                break;
            }
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())), 0, 8);
    }

    private static StackTrace Outer(StackTrace trace, StackTrace inner)
    {
        var at = trace;
        while (at.Inner is { } next && next != inner)
        {
            at = next;
        }

        return at;
    }

    /// <summary>The function, else the file's name; numbers in it (of generated code) are one mark.</summary>
    private static string Stable(StackFrame frame)
    {
        var name = frame.Symbol ?? FileName(frame.File);
        if (name.AsSpan().IndexOfAny(s_digits) < 0)
        {
            return name;
        }

        var text = new StringBuilder(name.Length);
        foreach (var c in name)
        {
            if (!char.IsAsciiDigit(c))
            {
                text.Append(c);
            }
            else if (text.Length == 0 || text[^1] != '#')
            {
                text.Append('#');
            }
        }

        return text.ToString();
    }

    private static string FileName(string? file) => file is null ? "" : file[(file.LastIndexOfAny(['/', '\\']) + 1)..];
}
