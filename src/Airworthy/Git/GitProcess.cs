using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Airworthy.Model;

namespace Airworthy.Git;

/// <summary>
/// One git process, started so that nothing in the repository can make it run another program: no hooks, no fsmonitor, no pager, no external
/// diff, no textconv, no signature check, no transport, no prompt, no lazy fetch, and nobody's configuration but the repository's own.
/// </summary>
internal sealed class GitProcess : IAsyncDisposable
{
    private const int ErrorBytes = 64 * 1024;

    // Debian's name for what is not there.
    private const string NoFile = "/nonexistent/file";

    private static readonly string[] s_settings =
    [
        "safe.directory=*",
        "core.hooksPath=/dev/null",
        "core.fsmonitor=false",
        "core.untrackedCache=false",
        "core.pager=cat",
        "core.attributesFile=/dev/null",
        "core.askPass=true",
        "core.bigFileThreshold=512m",
        "core.sshCommand=false",
        "core.quotePath=true",
        "core.commitGraph=true",
        "credential.helper=",
        "diff.external=",
        "diff.orderFile=/dev/null",
        "diff.noprefix=false",
        "diff.mnemonicPrefix=false",
        "diff.renameLimit=2000",
        "diff.algorithm=myers",
        "diff.indentHeuristic=true",
        "diff.ignoreSubmodules=none",
        "gpg.program=false",
        "log.showSignature=false",
        "log.date=raw",
        "blame.ignoreRevsFile=",
        "protocol.allow=never",
        "uploadpack.packObjectsHook=",
        "advice.detachedHead=false",
    ];

    // A diff asks for the memory of two files and gives it back, thousands of times. By default glibc hands it back to the kernel each time, and half
    // of git's processor time goes into taking it in again, page by page. Another C library passes over these.
    private const string Allocation =
        "glibc.malloc.trim_threshold=67108864:glibc.malloc.mmap_threshold=33554432:glibc.malloc.top_pad=16777216:glibc.malloc.tcache_count=512:glibc.malloc.hugetlb=1";

    private static readonly string[] s_xargs = ["-0", "-n", "1", "git"];

    // What git says where it would fetch an object that a partial clone left out, which it is never let.
    private const string LeftOut = " from promisor remote";

    private static readonly string[] s_prefixes = ["fatal: ", "error: "];

    private readonly Process _process;
    private readonly bool _hasChildren;
    private readonly Task<string> _error;

    private GitProcess(Process process, bool hasChildren)
    {
        (_process, _hasChildren) = (process, hasChildren);
        _error = ReadErrorAsync(process.StandardError);
    }

    /// <summary>What git prints, as bytes.</summary>
    public Stream Output => _process.StandardOutput.BaseStream;

    /// <summary>What git reads, as bytes.</summary>
    public Stream Input => _process.StandardInput.BaseStream;

    /// <summary>Starts git on the repository in <paramref name="directory"/>, with further folders of objects in the form of <c>GIT_ALTERNATE_OBJECT_DIRECTORIES</c>.</summary>
    public static GitProcess Start(string directory, IEnumerable<string> arguments, string transports = "", string index = NoFile, string? objects = null) =>
        Launch("git", [.. Settings(), "-C", directory, .. arguments], transports, index, objects);

    /// <summary>
    /// Starts git with one more argument that is not valid UTF-8, which .NET can't pass: <c>xargs -0</c> hands the bytes over as they are.
    /// </summary>
    public static async Task<GitProcess> StartAsync(string directory, IEnumerable<string> arguments, byte[] last, CancellationToken cancel, string? objects = null)
    {
        var process = Launch("xargs", [.. s_xargs, .. Settings(), "-C", directory, .. arguments], transports: "", NoFile, objects);
        await process.Input.WriteAsync(last, cancel);
        process.Input.Close();
        return process;
    }

    /// <summary>Runs git to its end and gives what it printed, or null with its complaint when it failed.</summary>
    public static async Task<(byte[]? Output, string Error)> RunAsync(
        string directory, IEnumerable<string> arguments, CancellationToken cancel, string transports = "", string index = NoFile)
    {
        await using var git = Start(directory, arguments, transports, index);
        git.Input.Close();
        using var output = new MemoryStream();
        await git.Output.CopyToAsync(output, cancel);
        var (exit, error) = await git.EndAsync(cancel);
        return exit == 0 ? (output.ToArray(), error) : (null, error);
    }

    /// <summary>Runs git to its end and gives what it printed.</summary>
    /// <exception cref="GitException">It failed; told with what was being done.</exception>
    public static async Task<byte[]> RequireAsync(string directory, IEnumerable<string> arguments, string doing, CancellationToken cancel)
    {
        var (output, error) = await RunAsync(directory, arguments, cancel);
        return output ?? throw Failure(doing, error);
    }

    /// <summary>Waits for the end; gives the exit code and the first 64 KiB of complaints.</summary>
    public async Task<(int Exit, string Error)> EndAsync(CancellationToken cancel)
    {
        await _process.WaitForExitAsync(cancel);
        return (_process.ExitCode, await _error);
    }

    /// <summary>Fails with git's own first complaint when it did not end well.</summary>
    /// <exception cref="GitException">The exit code is not 0.</exception>
    public async Task EnsureEndedWellAsync(string doing, CancellationToken cancel)
    {
        var (exit, error) = await EndAsync(cancel);
        if (exit != 0)
        {
            throw Failure(doing, error);
        }
    }

    /// <summary>What <paramref name="doing"/> failed for, as git tells it. What a partial clone left out can be had, so it is not the input's fault.</summary>
    public static GitException Failure(string doing, string error, Exception? cause = null) => error.Contains(LeftOut, StringComparison.Ordinal)
        ? new GitException(
            Fault.Unavailable, $"{doing}: this clone is partial and left out what is needed; run 'git fetch --refetch --no-filter' for all of it", cause)
        : new GitException(Fault.BadInput, $"{doing}: {FirstLine(error)}", cause);

    /// <summary>git's complaint without its prefix and the warnings before it, on one line.</summary>
    public static string FirstLine(string error)
    {
        var line = error.AsSpan().Trim();
        while (line.StartsWith("warning: ", StringComparison.Ordinal) && line.IndexOf('\n') is var next and >= 0)
        {
            line = line[(next + 1)..];
        }

        line = line.IndexOf('\n') is var end and >= 0 ? line[..end] : line;
        foreach (var prefix in s_prefixes)
        {
            line = line.StartsWith(prefix, StringComparison.Ordinal) ? line[prefix.Length..] : line;
        }

        return line.IsEmpty ? "git failed without a word" : line.Trim().ToString();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            try
            {
                // A tree is found by looking at every process of the machine: dear.
                _process.Kill(_hasChildren);
            }
            catch (Exception e) when (e is InvalidOperationException or Win32Exception)
            {
                // It ended by itself meanwhile.
            }

            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
    }

    private static IEnumerable<string> Settings() => s_settings.SelectMany(s => new[] { "-c", s }).Prepend("--no-pager");

    private static GitProcess Launch(string program, IEnumerable<string> arguments, string transports, string index, string? objects)
    {
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardErrorEncoding = Encoding.UTF8,
            UseShellExecute = false,
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("GIT_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["GIT_CONFIG_NOSYSTEM"] = "1";
        start.Environment["GIT_CONFIG_GLOBAL"] = "/dev/null";
        start.Environment["GIT_ATTR_NOSYSTEM"] = "1";
        start.Environment["GIT_TERMINAL_PROMPT"] = "0";
        start.Environment["GIT_OPTIONAL_LOCKS"] = "0";
        start.Environment["GIT_NO_LAZY_FETCH"] = "1";
        // What a repository calls its history is its commits, not what its own refs/replace and grafts put in their place.
        start.Environment["GIT_NO_REPLACE_OBJECTS"] = "1";
        start.Environment["GIT_GRAFT_FILE"] = NoFile;
        // Attributes of a checkout are read through its index; a change could call its own files binary and so hide them from its diff.
        start.Environment["GIT_INDEX_FILE"] = index;
        if (objects is not null)
        {
            start.Environment["GIT_ALTERNATE_OBJECT_DIRECTORIES"] = objects;
        }

        // Over whatever the repository's own protocol.* allow: a promisor remote would run its upload-pack.
        start.Environment["GIT_ALLOW_PROTOCOL"] = transports;
        start.Environment["GIT_LITERAL_PATHSPECS"] = "1";
        start.Environment["GIT_ASKPASS"] = "true";
        start.Environment["LC_ALL"] = "C";
        start.Environment.TryAdd("GLIBC_TUNABLES", Allocation);
        try
        {
            return new GitProcess(Process.Start(start) ?? throw new Win32Exception(), hasChildren: program != "git" || transports.Length > 0);
        }
        catch (Win32Exception e)
        {
            throw new GitException(Fault.Unavailable, $"{program} can't be run; install it (apt-get install git) and see that it is on PATH", e);
        }
    }

    private static async Task<string> ReadErrorAsync(StreamReader error)
    {
        var kept = new StringBuilder();
        var buffer = new char[4096];
        while (await error.ReadAsync(buffer) is var count and > 0)
        {
            kept.Append(buffer, 0, Math.Min(count, ErrorBytes - kept.Length));
        }

        return kept.ToString();
    }
}
