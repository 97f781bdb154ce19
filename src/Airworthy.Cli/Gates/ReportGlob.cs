using System.Collections.Immutable;
using Airworthy.Verification;

namespace Airworthy.Cli.Gates;

/// <summary>
/// Finds the reports that a pattern names: a file, or one with <c>*</c> and <c>?</c> within a part and <c>**</c> for any number of folders.
/// Links are not followed.
/// </summary>
internal static class ReportGlob
{
    private const int MaxReports = 10_000;

    private static readonly EnumerationOptions s_walk = new()
    {
        RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true, MaxRecursionDepth = 64,
    };

    /// <summary>The reports of all <paramref name="patterns"/>, each once, in order.</summary>
    /// <exception cref="EvidenceException">A pattern names no file.</exception>
    public static ImmutableArray<ReportFile> Find(IReadOnlyCollection<string>? patterns, Terminal terminal) =>
        [.. (patterns ?? []).SelectMany(pattern => Find(pattern, terminal)).DistinctBy(report => report.Path, StringComparer.Ordinal)];

    private static ReportFile[] Find(string pattern, Terminal terminal)
    {
        var full = terminal.Resolve(pattern.Replace('\\', '/')).Replace('\\', '/');
        if (!IsPattern(full))
        {
            return File.Exists(full) ? [new ReportFile(full, pattern)] : throw new EvidenceException($"'{pattern}' is no file; run the tests that write it first");
        }

        var parts = full.Split('/');
        var fixedParts = parts.TakeWhile(part => !IsPattern(part)).ToArray();
        var folder = string.Join('/', fixedParts) is { Length: > 0 } named ? named : "/";
        var found = Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "*", s_walk)
                .Select(file => file.Replace('\\', '/'))
                .Where(file => Matches(file.Split('/').AsSpan(fixedParts.Length), parts.AsSpan(fixedParts.Length)))
                .Take(MaxReports + 1)
                .Order(StringComparer.Ordinal)
                .ToArray()
            : [];
        return found.Length switch
        {
            0 => throw new EvidenceException($"'{pattern}' matches no file; run the tests that write it first"),
            > MaxReports => throw new EvidenceException($"'{pattern}' matches more than {MaxReports:N0} files; name the reports more closely"),
            _ => [.. found.Select(file => new ReportFile(file, Path.GetRelativePath(terminal.Directory, file)))],
        };
    }

    private static bool IsPattern(string text) => text.AsSpan().ContainsAny('*', '?');

    private static bool Matches(ReadOnlySpan<string> path, ReadOnlySpan<string> pattern)
    {
        if (pattern.IsEmpty)
        {
            return path.IsEmpty;
        }

        if (pattern[0] == "**")
        {
            return Matches(path, pattern[1..]) || (!path.IsEmpty && Matches(path[1..], pattern));
        }

        return !path.IsEmpty
            && System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern[0], path[0], ignoreCase: false)
            && Matches(path[1..], pattern[1..]);
    }
}
