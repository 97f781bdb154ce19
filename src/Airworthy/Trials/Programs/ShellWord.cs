namespace Airworthy.Trials.Programs;

/// <summary>Text as one word of a POSIX shell.</summary>
internal static class ShellWord
{
    /// <summary>The text between single quotes; each of its own quotes ends them, stands escaped and begins them anew.</summary>
    public static string Quote(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
