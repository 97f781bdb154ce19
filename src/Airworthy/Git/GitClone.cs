using Airworthy.Model;

namespace Airworthy.Git;

/// <summary>
/// Copies a repository from elsewhere, and keeps the copy up to date. The only place where git may use a transport, and only https, ssh and
/// file: never one that names a command. Nobody's credentials but those of the ssh agent are used, and nothing is asked.
/// </summary>
public static class GitClone
{
    private const string Transports = "https:ssh:file";

    private static readonly string[] s_settings =
    [
        "-c", "core.sshCommand=ssh -oBatchMode=yes",
        "-c", "http.followRedirects=initial",
        "-c", "transfer.fsckObjects=true",
        "-c", "fetch.recurseSubmodules=false",
    ];

    /// <summary>Clones branches, tags and notes into a bare repository; a clone that fails leaves nothing behind.</summary>
    /// <exception cref="GitException">It can't be cloned.</exception>
    public static async Task BareAsync(string url, string folder, CancellationToken cancel)
    {
        var parent = Path.GetDirectoryName(Path.GetFullPath(folder))!;
        var part = $"{folder}.{Guid.NewGuid():N}.part";
        try
        {
            Directory.CreateDirectory(parent);
            await RunAsync(parent, ["clone", "--quiet", "--bare", "--template=", "--", url, part], url, cancel);
            await FetchAsync(part, url, cancel);
            Directory.Move(part, folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new GitException(Fault.Unavailable, $"the clone can't be written to {parent}: {e.Message}", e);
        }
        finally
        {
            if (Directory.Exists(part))
            {
                Directory.Delete(part, recursive: true);
            }
        }
    }

    /// <summary>
    /// Brings a clone up to date: branches as they are there now, new tags, notes, and the heads of pull and merge requests, which alone keep what a
    /// squash leaves behind. Of those no ref is deleted for being gone there: GitHub keeps them, and what once told who wrote a line is kept.
    /// </summary>
    /// <exception cref="GitException">The origin can't be reached.</exception>
    public static async Task FetchAsync(string folder, string url, CancellationToken cancel)
    {
        await RunAsync(
            folder,
            ["fetch", "--quiet", "--prune", "--no-write-fetch-head", "--", url, "+refs/heads/*:refs/heads/*", "refs/tags/*:refs/tags/*", "+refs/notes/*:refs/notes/*"],
            url,
            cancel);
        await RunAsync(
            folder,
            ["fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--", url, "+refs/pull/*/head:refs/pull/*/head", "+refs/merge-requests/*/head:refs/merge-requests/*/head"],
            url,
            cancel);
    }

    private static async Task RunAsync(string folder, string[] arguments, string url, CancellationToken cancel)
    {
        var (output, error) = await GitProcess.RunAsync(folder, [.. s_settings, .. arguments], cancel, Transports);
        if (output is null)
        {
            throw new GitException(Fault.Unavailable, $"{url} can't be cloned or fetched: {GitProcess.FirstLine(error)}");
        }
    }
}
