using Airworthy.Model;

namespace Airworthy.Git.Lines;

/// <summary>Which paths the lines of living files can come from.</summary>
internal static class LivingPaths
{
    /// <summary>
    /// Walks from the last commit to the first: the files' own paths, and of each that a commit took from another path, that one. It may find more than
    /// was needed, where a path names another file at another time, never less.
    /// </summary>
    /// <param name="files">The files of the last commit.</param>
    /// <param name="edits">What each commit did, parents first.</param>
    public static HashSet<RepoPath> Find(IEnumerable<RepoPath> files, IReadOnlyList<CommitEdits> edits)
    {
        var paths = files.ToHashSet();
        for (var place = edits.Count - 1; place >= 0; place--)
        {
            // A file that one commit took from another is compared with that one's content before the commit.
            foreach (var file in edits[place].Files.Where(f => paths.Contains(f.Path)).ToList())
            {
                paths.UnionWith(file.Sources.Select(s => s.Path).OfType<RepoPath>());
            }
        }

        return paths;
    }
}
