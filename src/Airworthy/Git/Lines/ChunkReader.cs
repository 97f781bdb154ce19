namespace Airworthy.Git.Lines;

/// <summary>Reads chunks of commits on as many workers as there are cores, and hands them out in order.</summary>
internal sealed class ChunkReader : IAsyncDisposable
{
    private readonly Func<IEditReader> _reader;
    private readonly IReadOnlyList<int[]> _chunks;
    private readonly TaskCompletionSource<CommitEdits[]>[] _read;
    private readonly SemaphoreSlim _ahead;
    private readonly CancellationTokenSource _stop;
    private readonly Task[] _workers;
    private readonly Task _allEnded;
    private int _next;
    private int _taken;

    public ChunkReader(Func<IEditReader> reader, IReadOnlyList<int[]> chunks, int ahead, CancellationToken cancel)
    {
        (_reader, _chunks) = (reader, chunks);
        _read = [.. chunks.Select(_ => new TaskCompletionSource<CommitEdits[]>(TaskCreationOptions.RunContinuationsAsynchronously))];
        _ahead = new SemaphoreSlim(ahead);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        _workers = [.. Enumerable.Range(0, Math.Min(Environment.ProcessorCount, chunks.Count)).Select(_ => Task.Run(WorkAsync, CancellationToken.None))];
        _allEnded = Task.WhenAll(_workers);
    }

    /// <summary>The edits of the next chunk.</summary>
    /// <exception cref="GitException">git failed, or answered in another form.</exception>
    public async Task<CommitEdits[]> NextAsync()
    {
        var chunk = _read[_taken].Task;
        if (await Task.WhenAny(chunk, _allEnded) != chunk && !chunk.IsCompleted)
        {
            await (Array.Find(_workers, w => w.IsFaulted) ?? _allEnded);
        }

        _taken++;
        _ahead.Release();
        return await chunk;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _allEnded.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
        _ahead.Dispose();
    }

    private async Task WorkAsync()
    {
        try
        {
            await using var reader = _reader();
            while (true)
            {
                await _ahead.WaitAsync(_stop.Token);
                var chunk = Interlocked.Increment(ref _next) - 1;
                if (chunk >= _chunks.Count)
                {
                    return;
                }

                _read[chunk].SetResult(await reader.ReadAsync(_chunks[chunk], _stop.Token));
            }
        }
        catch
        {
            // One that fails ends all: the others would wait for its chunk to be taken.
            await _stop.CancelAsync();
            throw;
        }
    }
}
