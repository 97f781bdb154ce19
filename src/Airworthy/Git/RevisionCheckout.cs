using Airworthy.Model;

namespace Airworthy.Git;

/// <summary>
/// Writes the files of a revision into a folder of their own, as a checkout does: with a repository of its own that borrows the objects, so that neither
/// the index nor the working tree of the given one is touched. Filters and hooks that a repository's configuration names are not run.
/// </summary>
public static class RevisionCheckout
{
    /// <param name="repository">Where the revision is.</param>
    /// <param name="revision">The revision.</param>
    /// <param name="folder">A folder that is not there yet, is empty, or holds an earlier checkout by this, also one that was stopped.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <exception cref="GitException">The files can't be had or written.</exception>
    public static async Task WriteAsync(GitRepository repository, CommitId revision, string folder, CancellationToken cancel)
    {
        var doing = $"checking out {revision.Hex[..12]}";
        var info = Path.Combine(folder, ".git", "objects", "info");
        Directory.CreateDirectory(info);

        // Nobody else writes here: a lock was left by a git that was stopped in the middle.
        foreach (var left in Directory.EnumerateFiles(Path.Combine(folder, ".git"), "*.lock"))
        {
            File.Delete(left);
        }

        var objects = await GitProcess.RequireAsync(repository.Directory, ["rev-parse", "--path-format=absolute", "--git-path", "objects"], doing, cancel);
        await GitProcess.RequireAsync(folder, ["init", "-q", "--template=", "."], doing, cancel);
        await File.WriteAllBytesAsync(Path.Combine(info, "alternates"), objects, cancel);

        var (written, error) = await GitProcess.RunAsync(
            folder, ["checkout", "-q", "--detach", "--force", revision.Hex, "--"], cancel, index: Path.Combine(Path.GetFullPath(folder), ".git", "index"));
        _ = written ?? throw GitProcess.Failure(doing, error);
    }
}
