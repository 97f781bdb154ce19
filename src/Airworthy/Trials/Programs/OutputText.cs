using System.Text.RegularExpressions;

namespace Airworthy.Trials.Programs;

/// <summary>What a program wrote, in the forms in which two runs of the same build are alike although times, ids and the order of its lines are not.</summary>
internal static partial class OutputText
{
    /// <summary>The forms, the strictest first. Two runs of one build are compared in each until they are alike.</summary>
    private static readonly Func<string, string>[] s_forms =
    [
        text => text,
        WithoutNumbers,
        text => string.Join('\n', WithoutNumbers(text).Split('\n').Order(StringComparer.Ordinal)),
    ];

    /// <summary>True when the bytes are UTF-8 without a NUL.</summary>
    public static bool IsText(ReadOnlySpan<byte> bytes) => bytes.IndexOf((byte)0) < 0 && System.Text.Unicode.Utf8.IsValid(bytes);

    /// <summary>
    /// Whether what the head wrote is other than what the base wrote, in the strictest form in which each is like itself when it runs again; null when there is
    /// no such form, so that nothing can be said.
    /// </summary>
    public static bool? Differ((string First, string Again) from, (string First, string Again) to)
    {
        foreach (var form in s_forms)
        {
            if (form(from.First) == form(from.Again) && form(to.First) == form(to.Again))
            {
                return form(from.First) != form(to.First);
            }
        }

        return null;
    }

    /// <summary>The first line in which two texts differ, of each; empty where one ends.</summary>
    public static (string From, string To) FirstDifference(string from, string to)
    {
        var (old, now) = (from.Split('\n'), to.Split('\n'));
        var at = 0;
        while (at < old.Length && at < now.Length && WithoutNumbers(old[at]) == WithoutNumbers(now[at]))
        {
            at++;
        }

        if (at == old.Length && at == now.Length)
        {
            at = Enumerable.Range(0, old.Length).FirstOrDefault(line => old[line] != now[line]);
        }

        return (at < old.Length ? old[at] : "", at < now.Length ? now[at] : "");
    }

    /// <summary>Each run of digits as one <c>#</c>: times, process ids, sizes and speeds.</summary>
    public static string WithoutNumbers(string text) => Numbers().Replace(text, "#");

    [GeneratedRegex(@"\d+(?:[.,:]\d+)*", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Numbers();
}
