using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Airworthy.Model;

namespace Airworthy.Git;

/// <summary>A git repository, read through git's own plumbing. Untrusted: see docs/design/git.md.</summary>
public sealed class GitRepository : IAsyncDisposable
{
    private const int MostCutOff = 1_000_000;

    private readonly ObjectReader _objects;
    private readonly CommitChanges _changes;
    private readonly IgnoredRevisions _ignored;
    private readonly RepositoryLineHistory _lines;
    private readonly TreeReader _trees;
    private HashSet<CommitId>? _cutOffAt;

    private GitRepository(string directory, string? workTree, bool isShallow, RepositoryCache? cache)
    {
        Directory = directory;
        WorkTree = workTree;
        IsShallow = isShallow;
        _objects = new ObjectReader(directory);
        _changes = new CommitChanges(directory, []);
        _trees = new TreeReader(directory);
        _ignored = new IgnoredRevisions(this);
        Cache = cache;
        Graph = cache is null || isShallow ? null : new KeptGraph(this, cache.GraphFolder);
        _lines = new RepositoryLineHistory(this, _ignored, Cache);
    }

    /// <summary>The git directory, absolute.</summary>
    public string Directory { get; }

    /// <summary>The name people know it by: the folder's name, without <c>.git</c>.</summary>
    public string Name
    {
        get
        {
            var folder = Path.TrimEndingDirectorySeparator(WorkTree ?? Directory);
            var name = Path.GetFileName(folder);
            return name.EndsWith(".git", StringComparison.Ordinal) && name.Length > 4 ? name[..^4] : name;
        }
    }

    /// <summary>The working tree; null for a bare repository.</summary>
    public string? WorkTree { get; }

    /// <summary>True when history was cut off by <c>--depth</c>: figures over it would be wrong.</summary>
    public bool IsShallow { get; }

    /// <summary>The commits where the history of a shallow clone was cut off: a line that comes from one of them may be older. None of a whole clone.</summary>
    public IReadOnlySet<CommitId> CutOffAt => _cutOffAt ??= IsShallow ? ReadCutOff(Path.Combine(Directory, "shallow")) : new HashSet<CommitId>();

    /// <summary>What is kept between runs; null when nothing is.</summary>
    internal RepositoryCache? Cache { get; }

    /// <summary>What makes walks for single files quick; null where nothing is kept.</summary>
    internal KeptGraph? Graph { get; }

    /// <summary>Line history of this repository.</summary>
    public ILineHistory Lines => _lines;

    /// <summary>Has line history look through commits, beside those of <c>.git-blame-ignore-revs</c>. Before anything is asked of it.</summary>
    public void Ignore(IEnumerable<CommitId> commits) => _ignored.Add(commits);

    /// <summary>Opens the repository that <paramref name="path"/> is, or is inside of.</summary>
    /// <param name="path">The repository, or a folder in it.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <param name="cacheFolder">Where what was found is kept from one run to the next, a few files a repository; null: nowhere.</param>
    /// <param name="keepsDatabases">False where the databases' library is not at hand: then only plain files are kept, and read.</param>
    /// <exception cref="GitException">Not a repository, or git can't be run.</exception>
    public static async Task<GitRepository> OpenAsync(string path, CancellationToken cancel, string? cacheFolder = null, bool keepsDatabases = true)
    {
        var folder = Path.GetFullPath(path);
        if (!System.IO.Directory.Exists(folder))
        {
            throw new GitException(Fault.Usage, $"'{path}' is not a folder; name a git repository");
        }

        var (output, error) = await GitProcess.RunAsync(
            folder, ["rev-parse", "--absolute-git-dir", "--is-shallow-repository", "--is-bare-repository", "--is-inside-work-tree"], cancel);
        if (output is null)
        {
            throw error.Contains("not a git repository", StringComparison.Ordinal)
                ? new GitException(Fault.Usage, $"'{path}' is not a git repository, nor inside of one; name one, or run 'git init' there")
                : new GitException(Fault.BadInput, $"'{path}' can't be read as a repository: {GitProcess.FirstLine(error)}");
        }

        var answers = Encoding.UTF8.GetString(output).Split('\n');
        string? workTree = null;
        if (answers[2] != "true" && answers[3] == "true")
        {
            // Inside of it: core.worktree may name any folder of the machine.
            var (top, _) = await GitProcess.RunAsync(folder, ["rev-parse", "--show-toplevel"], cancel);
            workTree = top is { Length: > 0 } ? Encoding.UTF8.GetString(top).TrimEnd('\n') : null;
        }

        return new GitRepository(answers[0], workTree, answers[1] == "true", cacheFolder is null ? null : new RepositoryCache(answers[0], cacheFolder, keepsDatabases));
    }

    /// <summary>The commit a revision names.</summary>
    /// <exception cref="GitException">It names none; or the repository has no commits.</exception>
    public async Task<CommitId> ResolveAsync(string revision, CancellationToken cancel)
    {
        if (await TryResolveAsync(revision, cancel) is { } id)
        {
            return id;
        }

        var (any, _) = await GitProcess.RunAsync(Directory, ["rev-list", "--all", "-n", "1"], cancel);
        throw any is { Length: 0 }
            ? new GitException(Fault.Usage, $"the repository '{Name}' has no commits yet; commit something first")
            : new GitException(
                Fault.Usage,
                $"'{revision}' names no commit in '{Name}'; see 'git branch -a' and 'git tag'{(IsShallow ? $", or {Deepen}" : "")}");
    }

    /// <summary>What to do about a shallow clone.</summary>
    public const string Deepen = "the clone is shallow: run 'git fetch --unshallow'";

    /// <summary>The commit a revision names; null when it names none.</summary>
    public async Task<CommitId?> TryResolveAsync(string revision, CancellationToken cancel)
    {
        if (revision.Length is 0 or > 1024 || revision[0] == '-' || revision.AsSpan().ContainsAny('\n', '\0'))
        {
            return null;
        }

        var found = await _objects.ReadAsync(Encoding.UTF8.GetBytes(revision + "^{commit}"), maxBytes: 0, cancel);
        return found is { } commit && CommitId.TryParse(commit.Name, out var id) ? id : null;
    }

    /// <summary>What <c>git rev-list RANGE</c> gives, in its order (newest first), with messages.</summary>
    /// <param name="range">A revision, or <c>A..B</c>.</param>
    /// <exception cref="GitException">A part of the range names no commit, or history can't be read.</exception>
    public async IAsyncEnumerable<Commit> HistoryAsync(string range, [EnumeratorCancellation] CancellationToken cancel)
    {
        var dots = range.IndexOf("..", StringComparison.Ordinal);
        if (range.Contains("...", StringComparison.Ordinal))
        {
            throw new GitException(Fault.Usage, $"'{range}' is a symmetric range; give A..B or one revision");
        }

        var tip = await ResolveAsync(dots < 0 ? range : OrHead(range[(dots + 2)..]), cancel);
        List<string> arguments = [tip.Hex];
        if (dots >= 0)
        {
            arguments.Add("^" + (await ResolveAsync(OrHead(range[..dots]), cancel)).Hex);
        }

        await foreach (var commit in HistoryReader.ReadAsync(Directory, [.. arguments, "--"], cancel))
        {
            yield return commit;
        }

        static string OrHead(string revision) => revision.Length == 0 ? "HEAD" : revision;
    }

    /// <summary>What is reachable from <paramref name="tips"/> but not from <paramref name="known"/>, in one walk; a missing tip is passed over.</summary>
    public async IAsyncEnumerable<Commit> HistoryAsync(
        IEnumerable<CommitId> tips, CommitId known, [EnumeratorCancellation] CancellationToken cancel)
    {
        var revisions = Encoding.ASCII.GetBytes(string.Concat(tips.Select(tip => $"{tip.Hex}\n")) + $"^{known.Hex}\n");
        await foreach (var commit in HistoryReader.ReadAsync(Directory, ["--ignore-missing", "--stdin"], cancel, revisions))
        {
            yield return commit;
        }
    }

    /// <summary>The latest commits of <paramref name="revision"/>'s history that changed one of some files, the newest first; paths that .NET can't pass to git have none.</summary>
    public async IAsyncEnumerable<Commit> HistoryAsync(
        IEnumerable<RepoPath> paths, CommitId revision, int most, [EnumeratorCancellation] CancellationToken cancel)
    {
        string[] names = [.. paths.Where(path => path.IsText).Select(path => path.Value)];
        if (names.Length == 0)
        {
            yield break;
        }

        await foreach (var commit in HistoryReader.ReadAsync(
            Directory, [$"--max-count={most.ToString(CultureInfo.InvariantCulture)}", revision.Hex, "--", .. names], cancel, objects: Graph?.Objects))
        {
            yield return commit;
        }
    }

    /// <summary>The refs below some prefixes (<c>refs/pull</c>) that point to commits.</summary>
    public async Task<ImmutableArray<(string Name, CommitId Commit)>> RefsAsync(IReadOnlyCollection<string> prefixes, CancellationToken cancel)
    {
        return [.. (await ObjectsOfRefsAsync(prefixes, cancel)).Where(r => r.Type == "commit").Select(r => (r.Name, CommitId.Parse(r.Object)))];
    }

    /// <summary>The tags that lead to commits, with the commit; their names without <c>refs/tags/</c>.</summary>
    public async Task<ImmutableArray<(string Name, CommitId Commit)>> TagsAsync(CancellationToken cancel)
    {
        var output = await GitProcess.RequireAsync(
            Directory, ["for-each-ref", "--format=%(objecttype)%(*objecttype) %(objectname) %(*objectname) %(refname:lstrip=2)", "--", "refs/tags/"], "the tags can't be read", cancel);
        return
        [
            .. Encoding.UTF8.GetString(output).Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => line.Split(' ', 4))
                .Where(parts => parts[0] is "commit" or "tagcommit")
                .Select(parts => (parts[3], CommitId.Parse(parts[2].Length > 0 ? parts[2] : parts[1]))),
        ];
    }

    /// <summary>The address of the remote <c>origin</c>, as its configuration has it; null when there is none. Not to be trusted.</summary>
    public async Task<string?> OriginUrlAsync(CancellationToken cancel)
    {
        var (output, _) = await GitProcess.RunAsync(Directory, ["config", "--get", "remote.origin.url"], cancel);
        return output is { Length: > 0 } ? Encoding.UTF8.GetString(output).Trim() : null;
    }

    /// <summary>One commit.</summary>
    /// <exception cref="GitException">The repository does not hold it.</exception>
    public async Task<Commit> CommitAsync(CommitId id, CancellationToken cancel)
    {
        await foreach (var commit in HistoryReader.ReadAsync(Directory, ["-n", "1", id.Hex, "--"], cancel))
        {
            return commit;
        }

        throw new GitException(Fault.Usage, $"'{id.Hex}' is not in '{Name}'");
    }

    /// <summary>Several commits at once, in any order; what the repository does not hold is left out.</summary>
    public async IAsyncEnumerable<Commit> CommitsAsync(IEnumerable<CommitId> ids, [EnumeratorCancellation] CancellationToken cancel)
    {
        var names = Encoding.ASCII.GetBytes(string.Concat(ids.Select(id => $"{id.Hex}\n")));
        if (names.Length > 0)
        {
            await foreach (var commit in HistoryReader.ReadAsync(Directory, ["--no-walk=unsorted", "--ignore-missing", "--stdin"], cancel, names))
            {
                yield return commit;
            }
        }
    }

    /// <summary>The name of a commit's tree: the same for commits that hold the same files.</summary>
    /// <exception cref="GitException">The repository does not hold it.</exception>
    public async Task<string> TreeAsync(CommitId commit, CancellationToken cancel) =>
        (await _objects.ReadAsync(Encoding.ASCII.GetBytes(commit.Hex + "^{tree}"), maxBytes: 0, cancel))?.Name
            ?? throw new GitException(Fault.BadInput, $"the tree of '{commit.Hex}' is not in '{Name}'");

    /// <summary>The commits of the first-parent line from <paramref name="tip"/> down, newest first.</summary>
    public async Task<ImmutableArray<CommitId>> FirstParentLineAsync(CommitId tip, CancellationToken cancel)
    {
        var output = await GitProcess.RequireAsync(Directory, ["rev-list", "--first-parent", tip.Hex, "--"], "the history can't be read", cancel);
        return [.. Encoding.ASCII.GetString(output).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => CommitId.Parse(l))];
    }

    /// <summary>Every regular file of the tree, links and submodules left out.</summary>
    public Task<ImmutableArray<TreeFile>> FilesAsync(CommitId revision, CancellationToken cancel) => _trees.FilesAsync(revision, cancel);

    /// <summary>The regular file at a path; null when there is none, or it is a link or a submodule.</summary>
    internal Task<TreeFile?> FileAsync(CommitId revision, RepoPath path, CancellationToken cancel) => _trees.FileAsync(revision, path, cancel);

    /// <summary>A file's bytes at a revision; null when there is none, or it is longer than <paramref name="maxBytes"/>.</summary>
    public async Task<byte[]?> ReadAsync(CommitId revision, RepoPath path, long maxBytes, CancellationToken cancel)
    {
        var bytes = path.ToBytes();
        if (bytes.Contains((byte)'\n'))
        {
            var file = (await FilesAsync(revision, cancel)).FirstOrDefault(f => f.Path == path);
            return file is null ? null : await ReadObjectAsync(file.Blob, maxBytes, cancel);
        }

        var found = await _objects.ReadAsync([.. Encoding.ASCII.GetBytes(revision.Hex), (byte)':', .. bytes], maxBytes, cancel);
        return found is { Type: "blob" } blob ? blob.Bytes : null;
    }

    /// <summary>An object's bytes by name; null when there is none, or it is longer than <paramref name="maxBytes"/>.</summary>
    public async Task<byte[]?> ReadObjectAsync(string objectName, long maxBytes, CancellationToken cancel) =>
        (await _objects.ReadAsync(Encoding.UTF8.GetBytes(objectName), maxBytes, cancel))?.Bytes;

    /// <summary>True when the commit is in the repository.</summary>
    internal async Task<bool> HoldsAsync(CommitId commit, CancellationToken cancel) =>
        await _objects.ReadAsync(Encoding.ASCII.GetBytes(commit.Hex), HistoryReader.MaxMessageBytes, cancel) is { Type: "commit" };

    /// <summary>The objects annotated by the notes under <paramref name="notesRef"/>, with the note's blob; empty when the ref does not exist.</summary>
    public async Task<IReadOnlyDictionary<CommitId, string>> NotesAsync(string notesRef, CancellationToken cancel)
    {
        var notes = new Dictionary<CommitId, string>();
        if (await TryResolveAsync(notesRef, cancel) is not { } tip)
        {
            return notes;
        }

        foreach (var file in await FilesAsync(tip, cancel))
        {
            // Large note trees are spread over folders: 2/38, or deeper.
            if (CommitId.TryParse(file.Path.Value.Replace("/", "", StringComparison.Ordinal), out var commit))
            {
                notes[commit] = file.Blob;
            }
        }

        return notes;
    }

    /// <summary>The refs below some prefixes (<c>refs/notes</c>) or of one exact name, with what they point to.</summary>
    internal async Task<ImmutableArray<RefTarget>> ObjectsOfRefsAsync(IReadOnlyCollection<string> prefixes, CancellationToken cancel)
    {
        var output = await GitProcess.RequireAsync(
            Directory, ["for-each-ref", "--format=%(objecttype) %(objectname) %(refname)", "--", .. prefixes], "the refs can't be read", cancel);
        return
        [
            .. Encoding.UTF8.GetString(output).Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => line.Split(' ', 3))
                .Select(parts => new RefTarget(parts[2], parts[0], parts[1])),
        ];
    }

    /// <summary>
    /// What a commit changed against a parent (null: against nothing), renames followed, no context; one process answers for all commits.
    /// </summary>
    /// <exception cref="GitException">An object is missing, as in a partial clone.</exception>
    internal IAsyncEnumerable<FileDiff> ChangesAsync(CommitId commit, CommitId? parent, CancellationToken cancel) =>
        _changes.ReadAsync(commit, parent, cancel);

    /// <summary>The same for some files alone: quicker, where a commit is large.</summary>
    internal CommitChanges ChangesOf(IEnumerable<RepoPath> paths) => new(Directory, [.. paths.Where(path => path.IsText)]);

    /// <summary>The history of <paramref name="tip"/>, parents before children, with the paths each commit changed.</summary>
    internal IAsyncEnumerable<TouchedCommit> TouchedAsync(CommitId tip, CancellationToken cancel) => TouchedReader.ReadAsync(Directory, tip, cancel);

    /// <summary>The paths that some commits changed against their first parents; what the repository does not hold is left out.</summary>
    internal IAsyncEnumerable<TouchedCommit> TouchedAsync(IReadOnlyCollection<CommitId> commits, CancellationToken cancel) =>
        commits.Count == 0 ? AsyncEnumerable.Empty<TouchedCommit>() : TouchedReader.ReadAsync(Directory, commits, cancel);

    /// <summary>What changed from <paramref name="from"/> (null: the empty tree) to <paramref name="to"/>, renames followed, no context.</summary>
    public async IAsyncEnumerable<FileDiff> DiffAsync(CommitId? from, CommitId to, [EnumeratorCancellation] CancellationToken cancel)
    {
        var old = from?.Hex ?? (to.Hex.Length == 40 ? EmptyTree.Sha1 : EmptyTree.Sha256);
        await using var git = GitProcess.Start(
            Directory,
            ["diff-tree", "-r", "--raw", "--no-abbrev", "-p", "-U0", "-M", "--no-color", "--no-ext-diff", "--no-textconv", "--end-of-options", old, to.Hex, "--"]);
        git.Input.Close();
        await foreach (var file in DiffReader.ReadAsync(git.Output, cancel))
        {
            yield return file;
        }

        await git.EnsureEndedWellAsync($"the diff of {to.Short} can't be read", cancel);
    }

    /// <summary>True when <paramref name="ancestor"/> is in the history of <paramref name="descendant"/> or is it.</summary>
    public async Task<bool> IsAncestorAsync(CommitId ancestor, CommitId descendant, CancellationToken cancel)
    {
        return await MergeBaseAsync(["--is-ancestor", ancestor.Hex, descendant.Hex], cancel) is not null;
    }

    /// <summary>The best common ancestor; null when there is none.</summary>
    public async Task<CommitId?> MergeBaseAsync(CommitId left, CommitId right, CancellationToken cancel)
    {
        var output = await MergeBaseAsync([left.Hex, right.Hex], cancel);
        return output is not null && CommitId.TryParse(Encoding.ASCII.GetString(output).Trim(), out var id) ? id : null;
    }

    public async ValueTask DisposeAsync()
    {
        await (Graph?.DisposeAsync() ?? ValueTask.CompletedTask);
        await _objects.DisposeAsync();
        await _changes.DisposeAsync();
        await _lines.DisposeAsync();
        await (Cache?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    private static HashSet<CommitId> ReadCutOff(string file)
    {
        try
        {
            return [.. File.ReadLines(file).Take(MostCutOff).Select(line => CommitId.TryParse(line.Trim(), out var id) ? id : (CommitId?)null).OfType<CommitId>()];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new GitException(Fault.BadInput, $"where the history is cut off can't be read: {e.Message}", e);
        }
    }

    // merge-base says "no" by exit code 1; any other means that the answer is not known.
    private async Task<byte[]?> MergeBaseAsync(string[] arguments, CancellationToken cancel)
    {
        await using var git = GitProcess.Start(Directory, ["merge-base", .. arguments], objects: Graph?.Objects);
        git.Input.Close();
        using var output = new MemoryStream();
        await git.Output.CopyToAsync(output, cancel);
        var (exit, error) = await git.EndAsync(cancel);
        return exit switch
        {
            0 => output.ToArray(),
            1 => null,
            _ => throw GitProcess.Failure("the ancestry can't be read", error),
        };
    }
}
