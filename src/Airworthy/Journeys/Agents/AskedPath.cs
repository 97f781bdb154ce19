using Airworthy.Git;
using Airworthy.Model;

namespace Airworthy.Journeys.Agents;

/// <summary>Reads a path as agents give it: from the repository's top, with or without <c>./</c>, or absolute inside of the clone.</summary>
internal static class AskedPath
{
    private const int Longest = 4096;

    /// <exception cref="JourneyException">It is empty, or leads out of the repository.</exception>
    public static RepoPath Read(string? path, GitRepository git)
    {
        if (string.IsNullOrWhiteSpace(path) || path.Length > Longest || path.Contains('\0', StringComparison.Ordinal))
        {
            throw new JourneyException(Fault.Usage, "path is empty, or no path; give a file's path from the repository's top");
        }

        var parts = new List<string>();
        foreach (var part in Relative(path.Replace('\\', '/'), git).Split('/'))
        {
            if (part is ".." || part.Contains(':', StringComparison.Ordinal) && parts.Count == 0 && part.Length == 2)
            {
                throw Outside();
            }

            if (part is not ("" or "."))
            {
                parts.Add(part);
            }
        }

        return new RepoPath(string.Join('/', parts));
    }

    private static string Relative(string path, GitRepository git)
    {
        if (!path.StartsWith('/'))
        {
            return path;
        }

        var top = git.WorkTree is { } folder ? folder.Replace('\\', '/').TrimEnd('/') + "/" : null;
        return top is not null && path.StartsWith(top, StringComparison.Ordinal) ? path[top.Length..] : throw Outside();
    }

    private static JourneyException Outside() => new(Fault.Usage, "path leads out of the repository; give a file's path from its top");
}
