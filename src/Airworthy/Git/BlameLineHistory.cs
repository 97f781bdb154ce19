using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Airworthy.Model;

namespace Airworthy.Git;

/// <summary>Line history that stands on <c>git blame</c>, a file at a time, as many at once as there are processors.</summary>
internal sealed class BlameLineHistory(GitRepository repository, IgnoredRevisions ignored) : IDisposable
{
    /// <summary>Files longer than this are not blamed: generated or data, and hours of work.</summary>
    public const long MaxFileBytes = 10 * 1024 * 1024;

    private const int CachedFiles = 4096;
    private const int SniffedBytes = 8000;
    private const string Unreadable = "unreadable";

    private readonly ConcurrentDictionary<(CommitId Revision, RepoPath Path), FileOrigins> _known = new();
    private readonly ConcurrentDictionary<CommitId, Lazy<Task<string?>>> _lists = new();

    public async Task<FileOrigins?> OriginsAsync(RepoPath path, CommitId revision, CancellationToken cancel)
    {
        if (_known.TryGetValue((revision, path), out var known))
        {
            return known;
        }

        return await repository.FileAsync(revision, path, cancel) is { } file
            ? await OriginsAsync(file, revision, skipped: null, cancel)
            : null;
    }

    public async Task<ImmutableArray<LineRun>> OriginsAsync(RepoPath path, IReadOnlyList<LineSpan> spans, CommitId revision, CancellationToken cancel) =>
        spans.Count > 0 && await repository.FileAsync(revision, path, cancel) is { Size: <= MaxFileBytes }
            ? await RunsAsync(path, revision, ["-w", "-M", .. spans.Select(span => string.Create(CultureInfo.InvariantCulture, $"-L{span.Start},{span.End}"))], cancel)
            : [];

    public async IAsyncEnumerable<FileOrigins> OriginsAsync(
        IReadOnlyCollection<RepoPath>? paths,
        CommitId revision,
        [EnumeratorCancellation] CancellationToken cancel,
        Action<SkippedFile>? skipped = null)
    {
        var wanted = paths?.ToHashSet();
        var files = (await repository.FilesAsync(revision, cancel)).Where(f => wanted?.Contains(f.Path) ?? true);
        var results = Channel.CreateBounded<FileOrigins>(256);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var work = Task.Run(
            async () =>
            {
                try
                {
                    await Parallel.ForEachAsync(
                        files,
                        new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = stop.Token },
                        async (file, token) =>
                        {
                            if (await OriginsOrSkipAsync(file, revision, skipped, token) is { } origins)
                            {
                                await results.Writer.WriteAsync(origins, token);
                            }
                        });
                    results.Writer.Complete();
                }
                catch (Exception e) when (e is GitException or OperationCanceledException)
                {
                    results.Writer.Complete(e);
                }
            },
            stop.Token);
        try
        {
            await foreach (var origins in results.Reader.ReadAllAsync(cancel))
            {
                yield return origins;
            }
        }
        finally
        {
            await stop.CancelAsync();
            await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public async Task<bool> LivesAsync(
        IReadOnlySet<CommitId> commits, RepoPath path, LineSpan span, CommitId revision, CancellationToken cancel) =>
        await OriginsAsync(path, revision, cancel) is { } origins
        && origins.Runs.Any(run => run.Span.Overlaps(span) && commits.Contains(run.Commit));

    public void Dispose()
    {
        foreach (var list in _lists.Values)
        {
            if (list is { IsValueCreated: true, Value: { IsCompletedSuccessfully: true, Result: { } file } })
            {
                File.Delete(file);
            }
        }
    }

    /// <summary>git's own rule: a NUL in the first 8,000 bytes.</summary>
    private static bool IsBinary(ReadOnlySpan<byte> bytes) => bytes[..Math.Min(bytes.Length, SniffedBytes)].Contains((byte)0);

    private static int CountLines(ReadOnlySpan<byte> bytes) =>
        bytes.Count((byte)'\n') + (bytes.IsEmpty || bytes[^1] == '\n' ? 0 : 1);

    // One file that can't be read does not end the walk over the others.
    private async Task<FileOrigins?> OriginsOrSkipAsync(TreeFile file, CommitId revision, Action<SkippedFile>? skipped, CancellationToken cancel)
    {
        try
        {
            return await OriginsAsync(file, revision, skipped, cancel);
        }
        catch (GitException e) when (e.Fault == Fault.BadInput)
        {
            skipped?.Invoke(new SkippedFile(file.Path, Unreadable, e.Message));
            return null;
        }
    }

    private async Task<FileOrigins?> OriginsAsync(TreeFile file, CommitId revision, Action<SkippedFile>? skipped, CancellationToken cancel)
    {
        if (_known.TryGetValue((revision, file.Path), out var known))
        {
            return known;
        }

        if (file.Size > MaxFileBytes)
        {
            skipped?.Invoke(new SkippedFile(file.Path, "over 10 MiB"));
            return null;
        }

        var bytes = await repository.ReadObjectAsync(file.Blob, MaxFileBytes, cancel);
        if (bytes is null || IsBinary(bytes))
        {
            skipped?.Invoke(bytes is null ? new SkippedFile(file.Path, Unreadable, $"the content of '{file.Path.Display}' is missing") : new SkippedFile(file.Path, "binary"));
            return null;
        }

        return await BlameAsync(file.Path, CountLines(bytes), revision, cancel);
    }

    private async Task<FileOrigins> BlameAsync(RepoPath path, int lines, CommitId revision, CancellationToken cancel)
    {
        var runs = lines == 0 ? [] : await RunsAsync(path, revision, [], cancel);
        var origins = new FileOrigins(path, lines, runs);
        if (_known.Count >= CachedFiles)
        {
            _known.Clear();
        }

        _known[(revision, path)] = origins;
        return origins;
    }

    private async Task<ImmutableArray<LineRun>> RunsAsync(RepoPath path, CommitId revision, IEnumerable<string> options, CancellationToken cancel)
    {
        List<string> arguments = ["blame", "--incremental", "--root", "--no-textconv", .. options];
        if (await IgnoredAsync(revision) is { } list)
        {
            arguments.AddRange(["--ignore-revs-file", list]);
        }

        arguments.AddRange([revision.Hex, "--"]);
        await using var git = path.IsText
            ? GitProcess.Start(repository.Directory, [.. arguments, path.Value], objects: repository.Graph?.Objects)
            : await GitProcess.StartAsync(repository.Directory, arguments, path.ToBytes(), cancel, repository.Graph?.Objects);
        git.Input.Close();
        var began = Stopwatch.GetTimestamp();
        try
        {
            var runs = await BlameReader.ReadAsync(git.Output, cancel);
            await git.EnsureEndedWellAsync($"'{path.Display}' can't be blamed", cancel);
            repository.Graph?.Walked(Stopwatch.GetElapsedTime(began));
            return runs;
        }
        catch (FormatException e)
        {
            throw new GitException(Fault.BadInput, $"'{path.Display}' can't be blamed: {e.Message}", e);
        }
    }

    private Task<string?> IgnoredAsync(CommitId revision) =>
        _lists.GetOrAdd(revision, r => new Lazy<Task<string?>>(() => WriteListAsync(r))).Value;

    /// <summary>A file with the commits to look through, for git refuses its own list for one bad line; null when there are none.</summary>
    private async Task<string?> WriteListAsync(CommitId revision)
    {
        var commits = await ignored.AtAsync(revision);
        if (commits.IsEmpty)
        {
            return null;
        }

        var file = Path.GetTempFileName();
        await File.WriteAllLinesAsync(file, commits.Select(c => c.Hex), CancellationToken.None);
        return file;
    }
}
