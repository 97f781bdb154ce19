using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Airworthy.Model;

namespace Airworthy.Git;

/// <summary>
/// Copies a repository from elsewhere, and keeps the copy up to date. The only place where git may use a transport, and only https, ssh and
/// file: never one that names a command. Nobody's credentials but those of the ssh agent are used, and nothing is asked.
/// </summary>
public static partial class GitClone
{
    private const string Transports = "https:ssh:file";
    private const int MostLine = 4096;

    private static readonly string[] s_requests = ["pull", "merge-requests"];

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

    /// <summary>Brings a clone up to date: branches as they are there now, new tags, and notes.</summary>
    /// <exception cref="GitException">The origin can't be reached.</exception>
    public static Task FetchAsync(string folder, string url, CancellationToken cancel) => RunAsync(
        folder,
        ["fetch", "--quiet", "--prune", "--no-write-fetch-head", "--", url, "+refs/heads/*:refs/heads/*", "refs/tags/*:refs/tags/*", "+refs/notes/*:refs/notes/*"],
        url,
        cancel);

    /// <summary>
    /// Fetches heads of pull and merge requests, which alone keep what a squash leaves behind: of the <paramref name="newest"/> by number those that
    /// are new or moved, the newest first and at most <paramref name="atOnce"/>; the next call goes on. No ref is deleted for being gone there: GitHub
    /// keeps them, and what once told who wrote a line is kept.
    /// </summary>
    /// <returns>How many were fetched.</returns>
    /// <exception cref="GitException">The origin can't be reached.</exception>
    public static async Task<int> FetchRequestHeadsAsync(string folder, string url, int newest, int atOnce, CancellationToken cancel)
    {
        if (newest < 1 || atOnce < 1)
        {
            return 0;
        }

        var known = await KnownHeadsAsync(folder, cancel);
        var wanted = (await OfferedHeadsAsync(folder, url, newest, cancel)).Where(head => !known.Contains(head)).Take(atOnce).ToList();
        if (wanted.Count > 0)
        {
            await RunAsync(
                folder,
                ["fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--", url, .. wanted.Select(head => $"+{head.Ref}:{head.Ref}")],
                url,
                cancel);
        }

        return wanted.Count;
    }

    private static async Task<HashSet<(string Ref, string Commit)>> KnownHeadsAsync(string folder, CancellationToken cancel)
    {
        var output = await GitProcess.RequireAsync(
            folder, ["for-each-ref", "--format=%(objectname)%09%(refname)", "--", .. s_requests.Select(kind => $"refs/{kind}/")], "the refs can't be read", cancel);
        return [.. Encoding.UTF8.GetString(output).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t')).Select(parts => (parts[1], parts[0]))];
    }

    /// <summary>The newest heads that the origin offers, the newest first. It may offer any number: no more than asked for are held.</summary>
    private static async Task<List<(string Ref, string Commit)>> OfferedHeadsAsync(string folder, string url, int newest, CancellationToken cancel)
    {
        await using var git = GitProcess.Start(folder, [.. s_settings, "ls-remote", "--quiet", "--", url, .. s_requests.Select(kind => $"refs/{kind}/*/head")], Transports);
        git.Input.Close();
        var reader = new ByteReader(git.Output, MostLine);
        var offered = new PriorityQueue<(string Ref, string Commit), int>();
        while (await reader.ReadToAsync((byte)'\n', cancel) is { } line)
        {
            if (Head().Match(GitText.Decode(line.Span)) is { Success: true } match
                && int.TryParse(match.Groups["number"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                offered.Enqueue((match.Groups["ref"].Value, match.Groups["commit"].Value), number);
                if (offered.Count > newest)
                {
                    offered.Dequeue();
                }
            }
        }

        var (exit, error) = await git.EndAsync(cancel);
        return exit == 0
            ? [.. offered.UnorderedItems.OrderByDescending(head => head.Priority).ThenBy(head => head.Element.Ref, StringComparer.Ordinal).Select(head => head.Element)]
            : throw Unreached(url, error);
    }

    private static GitException Unreached(string url, string error) =>
        new(Fault.Unavailable, $"{url} can't be cloned or fetched: {GitProcess.FirstLine(error)}");

    private static async Task RunAsync(string folder, string[] arguments, string url, CancellationToken cancel)
    {
        var (output, error) = await GitProcess.RunAsync(folder, [.. s_settings, .. arguments], cancel, Transports);
        if (output is null)
        {
            throw Unreached(url, error);
        }
    }

    [GeneratedRegex(
        @"^(?<commit>[0-9a-f]{40}(?:[0-9a-f]{24})?)\t(?<ref>refs/(?:pull|merge-requests)/(?<number>[1-9][0-9]{0,8})/head)$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Head();
}
