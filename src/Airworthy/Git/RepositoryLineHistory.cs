using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Airworthy.Git.Lines;
using Airworthy.Model;

namespace Airworthy.Git;

/// <summary>
/// Line history of one repository. For a few files <c>git blame</c> is the quickest; for many, one forward pass over history answers for all.
/// Both tell the same, and what the pass can't tell (a file whose content it does not know) is asked of <c>git blame</c>.
/// </summary>
internal sealed class RepositoryLineHistory(GitRepository repository, IgnoredRevisions ignored, RepositoryCache? cache) : ILineHistory, IAsyncDisposable
{
    private const int FewFiles = 16;

    // Commits that are carried on from the kept tip before a newer one is kept.
    private const int MostBehind = 32;

    private readonly BlameLineHistory _blame = new(repository, ignored);
    private readonly Lock _reading = new();
    private readonly CancellationTokenSource _stop = new();
    private (CommitId Revision, Task<LineLedger?> Ledger)? _whole;
    private (CommitId Revision, Task<LineLedger?> Ledger)? _living;
    private Task _running = Task.CompletedTask;

    public async Task<FileOrigins?> OriginsAsync(RepoPath path, CommitId revision, CancellationToken cancel) =>
        await _blame.OriginsAsync(path, revision, cancel);

    public Task<ImmutableArray<LineRun>> OriginsAsync(RepoPath path, IReadOnlyList<LineSpan> spans, CommitId revision, CancellationToken cancel) =>
        _blame.OriginsAsync(path, spans, revision, cancel);

    public async IAsyncEnumerable<FileOrigins> OriginsAsync(
        IReadOnlyCollection<RepoPath>? paths,
        CommitId revision,
        [EnumeratorCancellation] CancellationToken cancel,
        Action<SkippedFile>? skipped = null)
    {
        var untold = paths;
        if (paths is not { Count: <= FewFiles } && await LivingAsync(revision).WaitAsync(cancel) is { } ledger)
        {
            var wanted = paths?.ToHashSet();
            var rest = new List<RepoPath>();
            foreach (var file in await repository.FilesAsync(revision, cancel))
            {
                if (wanted?.Contains(file.Path) == false)
                {
                    continue;
                }

                if (file.Size <= BlameLineHistory.MaxFileBytes && ledger.Origins(file.Path, file.Blob) is { } origins)
                {
                    yield return origins;
                }
                else
                {
                    rest.Add(file.Path);
                }
            }

            untold = rest;
        }

        if (untold is { Count: 0 })
        {
            yield break;
        }

        await foreach (var origins in _blame.OriginsAsync(untold, revision, cancel, skipped))
        {
            yield return origins;
        }
    }

    public Task<bool> LivesAsync(
        IReadOnlySet<CommitId> commits, RepoPath path, LineSpan span, CommitId revision, CancellationToken cancel) =>
        _blame.LivesAsync(commits, path, span, revision, cancel);

    public async Task<ImmutableArray<SurvivingLines>> FateAsync(CommitId commit, CommitId revision, CancellationToken cancel)
    {
        var surviving = ImmutableArray.CreateBuilder<SurvivingLines>();
        await foreach (var file in OriginsAsync(paths: null, revision, cancel))
        {
            var spans = file.Runs.Where(r => r.Commit == commit).Select(r => r.Span).ToImmutableArray();
            if (spans.Length > 0)
            {
                surviving.Add(new SurvivingLines(file.Path, spans));
            }
        }

        surviving.Sort((a, b) => a.Path.CompareTo(b.Path));
        return surviving.ToImmutable();
    }

    public async IAsyncEnumerable<LineLifetime> LifetimesAsync(CommitId revision, [EnumeratorCancellation] CancellationToken cancel)
    {
        var ledger = await WholeAsync(revision).WaitAsync(cancel)
            ?? throw new GitException(Fault.BadInput, $"the history of {revision.Short} can't be read to its end; see 'git fsck'");
        foreach (var life in ledger.Lifetimes())
        {
            cancel.ThrowIfCancellationRequested();
            yield return life;
        }
    }

    public void Prepare(CommitId revision)
    {
        _ = LivingAsync(revision);
        _ = repository.FilesAsync(revision, _stop.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
        _blame.Dispose();
    }

    /// <summary>The living lines of a revision: a few commits carried on from those of the last tip, else the forward pass.</summary>
    private Task<LineLedger?> LivingAsync(CommitId revision)
    {
        lock (_reading)
        {
            return _whole?.Revision == revision ? _whole.Value.Ledger : Begin(ref _living, revision, () => ReadLivingAsync(revision, _stop.Token));
        }
    }

    /// <summary>The forward pass to a revision, made once; null when the history can't be read to its end.</summary>
    private Task<LineLedger?> WholeAsync(CommitId revision)
    {
        lock (_reading)
        {
            return Begin(ref _whole, revision, () => ReadAsync(revision, isLiving: false, _stop.Token));
        }
    }

    private Task<LineLedger?> Begin(ref (CommitId Revision, Task<LineLedger?> Ledger)? last, CommitId revision, Func<Task<LineLedger?>> read)
    {
        if (last?.Revision != revision)
        {
            var reading = Task.Run(read);
            (last, _running) = ((revision, reading), Task.WhenAll(_running, reading));
        }

        return last.Value.Ledger;
    }

    private async Task<LineLedger?> ReadLivingAsync(CommitId revision, CancellationToken cancel)
    {
        // In a shallow clone the lines of its edge are its own until it is deepened.
        if (cache is null || repository.IsShallow || cache.Tip.Read() is not { } bytes || KeptTip.Decode(bytes) is not { } kept)
        {
            return await ReadAsync(revision, isLiving: true, cancel);
        }

        try
        {
            var commits = await ignored.AtAsync(revision);
            if (commits.ToHashSet().SetEquals(kept.Ignored)
                && await LineLedger.CarryOnAsync(repository.Directory, kept, revision, await LookedThrough.ReadAsync(repository, commits, cancel), cancel) is { } carried)
            {
                if (carried.Carried >= MostBehind)
                {
                    await KeepAsync(carried.Ledger, revision, commits, cancel);
                }

                return carried.Ledger;
            }
        }
        catch (GitException e) when (e.Fault == Fault.BadInput)
        {
            // The whole history tells more of what is wrong.
        }

        return await ReadAsync(revision, isLiving: true, cancel);
    }

    private async Task<LineLedger?> ReadAsync(CommitId revision, bool isLiving, CancellationToken cancel)
    {
        try
        {
            var commits = await ignored.AtAsync(revision);
            var lookedThrough = await LookedThrough.ReadAsync(repository, commits, cancel);
            var living = isLiving ? repository.FilesAsync(revision, cancel) : null;
            var ledger = await LineLedger.ReadAsync(repository.Directory, revision, lookedThrough, cache?.Edits, cancel, living);
            await KeepAsync(ledger, revision, commits, cancel);
            return ledger;
        }
        catch (GitException e) when (e.Fault == Fault.BadInput)
        {
            return null;
        }
    }

    /// <summary>Keeps the lines of the default tip for the next run; those of any other revision would only take their place.</summary>
    private async Task KeepAsync(LineLedger ledger, CommitId revision, ImmutableArray<CommitId> commits, CancellationToken cancel)
    {
        if (cache is not null && !repository.IsShallow && ledger.IsWorthKeeping && await repository.TryResolveAsync("HEAD", cancel) == revision)
        {
            cache.Write(cache.Tip, () => ledger.Encode(commits));
        }
    }
}
