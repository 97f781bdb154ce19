using System.Runtime.CompilerServices;
using Airworthy.Git;
using Airworthy.Model;

namespace Airworthy.Journeys;

/// <summary>Who wrote each line: <c>airworthy blame</c>.</summary>
public static class BlameJourney
{
    private const int FewFiles = 16;

    /// <summary>The files of <paramref name="paths"/> (a folder means all below it) with their lines; none means every text file.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="revision">The commit whose files are read.</param>
    /// <param name="paths">Files and folders, from the repository's top.</param>
    /// <param name="authors">Tells who wrote the lines; tells afterwards which notes were unreadable.</param>
    /// <param name="skipped">Told of every file whose lines can't be told; may be called from any thread.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <exception cref="BlameException">A path is neither a file nor a folder at <paramref name="revision"/>.</exception>
    public static async IAsyncEnumerable<BlameFile> RunAsync(
        GitRepository repository,
        CommitId revision,
        IReadOnlyCollection<RepoPath> paths,
        DeclaredAuthors authors,
        Action<SkippedFile>? skipped,
        [EnumeratorCancellation] CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(repository);
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentNullException.ThrowIfNull(authors);
        var files = paths.Count == 0 ? null : await FilesAsync(repository, revision, paths, cancel);
        // Many files name most commits: one walk over history, beside the lines' own, is quicker than a look-up each.
        var learning = files is { Count: <= FewFiles } ? Task.CompletedTask : Task.Run(() => authors.Reader.LearnAsync(revision, cancel), cancel);
        try
        {
            await foreach (var file in repository.Lines.OriginsAsync(files, revision, cancel, skipped))
            {
                await learning;
                yield return new BlameFile(file.Path, file.Lines, await authors.OfFileAsync(file, cancel));
            }

            await learning;
        }
        finally
        {
            await learning.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task<HashSet<RepoPath>> FilesAsync(
        GitRepository repository, CommitId revision, IReadOnlyCollection<RepoPath> paths, CancellationToken cancel)
    {
        var tree = await repository.FilesAsync(revision, cancel);
        var chosen = new HashSet<RepoPath>();
        foreach (var path in paths)
        {
            var folder = path.Value.Length == 0 ? "" : $"{path.Value}/";
            var found = tree.Where(file => file.Path == path || file.Path.Value.StartsWith(folder, StringComparison.Ordinal)).ToList();
            if (found.Count == 0)
            {
                throw new BlameException(
                    Fault.Usage, $"'{path.Display}' is neither a file nor a folder at {revision.Short}; paths are given from the repository's top");
            }

            chosen.UnionWith(found.Select(file => file.Path));
        }

        return chosen;
    }
}
