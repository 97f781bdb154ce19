using System.Globalization;
using Airworthy.Model;

namespace Airworthy.Git.Lines;

/// <summary>
/// Compares, of commits whose files are listed, only the files that are wanted. <c>git diff-tree --stdin</c> can't be told which with each commit, so the
/// pairs of many commits are put into two trees of our own, each under a number, and the trees are compared.
/// </summary>
/// <param name="directory">The git directory.</param>
/// <param name="objects">Where the trees are written.</param>
/// <param name="listed">The edits of each commit, by its place.</param>
/// <param name="wanted">The paths that are compared.</param>
internal sealed class PairReader(string directory, ObjectFolder objects, IReadOnlyList<CommitEdits?> listed, IReadOnlySet<RepoPath> wanted) : IEditReader
{
    private const int Sha256Digits = 64;

    private DiffTree? _git;

    /// <summary>True for a file that is wanted and not compared yet.</summary>
    public static bool IsOpen(FileEdit file, IReadOnlySet<RepoPath> wanted) => file.Pair is not null && wanted.Contains(file.Path);

    public async Task<CommitEdits[]> ReadAsync(IReadOnlyList<int> places, CancellationToken cancel)
    {
        var pairs = places.SelectMany(p => listed[p]!.Files).Where(f => IsOpen(f, wanted)).Select(f => f.Pair!.Value).ToList();
        var compared = new Queue<FileEdit>(await CompareAsync(pairs, cancel));
        return [.. places.Select(p => listed[p]! with { Files = [.. listed[p]!.Files.Select(f => IsOpen(f, wanted) ? Compared(f, compared.Dequeue()) : f)] })];
    }

    public ValueTask DisposeAsync() => _git?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static FileEdit Compared(FileEdit file, FileEdit compared) => compared.Kind == FileEditKind.Binary
        ? new FileEdit(file.Path, FileEditKind.Binary, file.Blob, [])
        : file with { Sources = [file.Sources[0] with { Spans = compared.Sources[0].Spans }], Pair = null };

    /// <summary>The edits between the blobs of each pair, in their order.</summary>
    private async Task<FileEdit[]> CompareAsync(List<FilePair> pairs, CancellationToken cancel)
    {
        if (pairs.Count == 0)
        {
            return [];
        }

        var (before, after) = Trees(pairs);
        _git ??= new DiffTree(directory, DiffForm.Trees, SimilarFiles.None, objects: objects.Path);
        var files = (await _git.ReadAsync([(before, after)], cancel))[0].Files;
        return files.Length == pairs.Count && files.Index().All(f => f.Item.Path.Value == Name(f.Index))
            ? files
            : throw new GitException(Fault.BadInput, "the history can't be read: git diff-tree answered for other files than asked for");
    }

    private (CommitId Before, CommitId After) Trees(List<FilePair> pairs)
    {
        try
        {
            // Not told by the tree's own files: of new files alone, the one before is empty.
            var isSha256 = pairs[0].New.Length == Sha256Digits;
            var before = objects.WriteTree(pairs.Index().Where(p => p.Item.Old is not null).Select(p => (Name(p.Index), p.Item.Old!)), isSha256);
            var after = objects.WriteTree(pairs.Index().Select(p => (Name(p.Index), p.Item.New)), isSha256);
            return (CommitId.Parse(before), CommitId.Parse(after));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new GitException(Fault.Unavailable, $"the history can't be read: {objects.Path} can't be written: {e.Message}", e);
        }
    }

    private static string Name(int number) => number.ToString("D8", CultureInfo.InvariantCulture);
}
