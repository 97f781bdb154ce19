using System.Text;
using Airworthy.Model;

namespace Airworthy.Git;

/// <summary>
/// A diff made into a commit that lands nowhere: in a repository of its own, which borrows the objects and refs of the given one and is deleted with
/// this. The given repository is not written to, no file is checked out, and no filter or hook is run.
/// </summary>
public sealed class DraftCommit : IAsyncDisposable
{
    /// <summary>The longest diff that is taken, in UTF-16 units.</summary>
    public const int MaxDiff = 1024 * 1024;

    private readonly string _folder;

    private DraftCommit(string folder, GitRepository repository, CommitId commit) => (_folder, Repository, Commit) = (folder, repository, commit);

    /// <summary>The repository that has the commit.</summary>
    public GitRepository Repository { get; }

    /// <summary>The commit; its parent is the one the diff was put on.</summary>
    public CommitId Commit { get; }

    /// <summary>Puts <paramref name="diff"/>, as <c>git diff</c> prints it, on <paramref name="parent"/>.</summary>
    /// <exception cref="GitException">It is no diff, is too long, or does not apply.</exception>
    public static async Task<DraftCommit> OfAsync(GitRepository repository, CommitId parent, string diff, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(repository);
        ArgumentNullException.ThrowIfNull(diff);
        if (diff.Length > MaxDiff)
        {
            throw new GitException(Fault.BadInput, $"the diff has {diff.Length:N0} characters, and one of more than {MaxDiff:N0} is not read; give a part of it, or commit and give the revisions");
        }

        var folder = Directory.CreateTempSubdirectory("airworthy-draft-").FullName;
        try
        {
            await BorrowAsync(repository, folder, parent, cancel);
            var commit = await CommitAsync(folder, parent, diff.EndsWith('\n') ? diff : diff + "\n", cancel);
            return new DraftCommit(folder, await GitRepository.OpenAsync(folder, cancel), commit);
        }
        catch
        {
            Directory.Delete(folder, recursive: true);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Repository.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task BorrowAsync(GitRepository repository, string folder, CommitId parent, CancellationToken cancel)
    {
        const string doing = "reading the repository";
        var objects = await GitProcess.RequireAsync(repository.Directory, ["rev-parse", "--path-format=absolute", "--git-path", "objects"], doing, cancel);
        var refs = await GitProcess.RequireAsync(repository.Directory, ["for-each-ref", "--format=%(objectname) %(refname)"], doing, cancel);
        var format = parent.Hex.Length > 40 ? "sha256" : "sha1";
        await GitProcess.RequireAsync(folder, ["init", "-q", "--bare", "--template=", $"--object-format={format}", "."], doing, cancel);
        Directory.CreateDirectory(Path.Combine(folder, "objects", "info"));
        await File.WriteAllBytesAsync(Path.Combine(folder, "objects", "info", "alternates"), objects, cancel);
        await File.WriteAllBytesAsync(Path.Combine(folder, "packed-refs"), refs, cancel);
        var shallow = new FileInfo(Path.Combine(repository.Directory, "shallow"));
        if (repository.IsShallow && shallow is { Exists: true, LinkTarget: null })
        {
            shallow.CopyTo(Path.Combine(folder, "shallow"));
        }
    }

    private static async Task<CommitId> CommitAsync(string folder, CommitId parent, string diff, CancellationToken cancel)
    {
        const string doing = "the diff";
        var index = Path.Combine(folder, "index");
        var (read, complaint) = await GitProcess.RunAsync(folder, ["read-tree", parent.Hex], cancel, index: index);
        _ = read ?? throw GitProcess.Failure(doing, complaint);
        await using (var apply = GitProcess.Start(folder, ["apply", "--cached", "--whitespace=nowarn", "-"], index: index))
        {
            await apply.Input.WriteAsync(Encoding.UTF8.GetBytes(diff), cancel);
            apply.Input.Close();
            await apply.EnsureEndedWellAsync($"the diff does not apply to {parent.Short}", cancel);
        }

        var (tree, untold) = await GitProcess.RunAsync(folder, ["write-tree"], cancel, index: index);
        _ = tree ?? throw GitProcess.Failure(doing, untold);
        var commit = await GitProcess.RequireAsync(
            folder,
            [
                "-c", "user.name=draft", "-c", "user.email=draft@localhost", "-c", "commit.gpgSign=false",
                "commit-tree", Encoding.ASCII.GetString(tree).Trim(), "-p", parent.Hex, "-m", "Draft",
            ],
            doing,
            cancel);
        return CommitId.Parse(Encoding.ASCII.GetString(commit).Trim());
    }
}
