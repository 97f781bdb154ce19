using Airworthy.Model;
using Airworthy.Policies;

namespace Airworthy.Journeys;

/// <summary>Which paths the globs of a lesson hold.</summary>
internal static class LessonScope
{
    /// <summary>True when one of <paramref name="globs"/> holds <paramref name="path"/>; one that is no glob holds nothing.</summary>
    public static bool Holds(IEnumerable<string> globs, RepoPath path) => globs.Any(glob => Matches(glob, path));

    private static bool Matches(string glob, RepoPath path)
    {
        try
        {
            return GlobPattern.Parse(glob).Matches(path);
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
