using System.ComponentModel;
using System.Diagnostics;
using Airworthy.Model;

namespace Airworthy.Git;

/// <summary>
/// Where git looks for a repository's hooks. Only the user's own configuration tells, so git is asked as the user has it set up; asking
/// runs nothing of the repository.
/// </summary>
public static class HookFolder
{
    // A hook is started with these; they would answer for the repository whose hook it is.
    private static readonly string[] s_placed = ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_PREFIX"];

    /// <summary>The folder, absolute: <c>core.hooksPath</c> where it is set, else the repository's own, which its worktrees share.</summary>
    /// <exception cref="GitException">git can't tell.</exception>
    public static async Task<string> FindAsync(GitRepository repository, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(repository);
        var start = new ProcessStartInfo("git", ["-C", repository.WorkTree ?? repository.Directory, "rev-parse", "--path-format=absolute", "--git-path", "hooks"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var name in s_placed)
        {
            start.Environment.Remove(name);
        }

        try
        {
            using var git = Process.Start(start) ?? throw new Win32Exception();
            git.StandardInput.Close();
            var error = git.StandardError.ReadToEndAsync(cancel);
            var folder = (await git.StandardOutput.ReadToEndAsync(cancel)).TrimEnd('\n');
            await git.WaitForExitAsync(cancel);
            return git.ExitCode == 0 && Path.IsPathRooted(folder)
                ? folder
                : throw new GitException(Fault.BadInput, $"the hooks' folder of '{repository.Name}' can't be told: {GitProcess.FirstLine(await error)}");
        }
        catch (Win32Exception e)
        {
            throw new GitException(Fault.Unavailable, "git can't be run; install it (apt-get install git) and see that it is on PATH", e);
        }
    }
}
