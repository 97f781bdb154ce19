using Airworthy.Model;

namespace Airworthy.Git;

/// <summary>Reads a path as git writes it with <c>core.quotePath</c>: in double quotes with C escapes when it has odd bytes, else bare.</summary>
internal static class QuotedPath
{
    public static RepoPath Read(ReadOnlySpan<byte> text) =>
        text is [(byte)'"', .., (byte)'"'] ? RepoPath.FromBytes(Unquote(text[1..^1])) : RepoPath.FromBytes(text);

    private static byte[] Unquote(ReadOnlySpan<byte> text)
    {
        var bytes = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\' || i + 1 == text.Length)
            {
                bytes.Add(text[i]);
                continue;
            }

            i++;
            if (i + 2 < text.Length && text[i] is >= (byte)'0' and <= (byte)'3' && IsOctal(text[i + 1]) && IsOctal(text[i + 2]))
            {
                bytes.Add((byte)(((text[i] - '0') << 6) | ((text[i + 1] - '0') << 3) | (text[i + 2] - '0')));
                i += 2;
                continue;
            }

            bytes.Add(text[i] switch
            {
                (byte)'a' => 7,
                (byte)'b' => 8,
                (byte)'t' => 9,
                (byte)'n' => 10,
                (byte)'v' => 11,
                (byte)'f' => 12,
                (byte)'r' => 13,
                var other => other,
            });
        }

        return [.. bytes];
    }

    private static bool IsOctal(byte b) => b is >= (byte)'0' and <= (byte)'7';
}
