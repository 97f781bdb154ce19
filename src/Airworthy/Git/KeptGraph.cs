using System.Security.Cryptography;
using System.Text;

namespace Airworthy.Git;

/// <summary>
/// git's own commit graph of a repository, with the paths each commit changed (gitformat-commit-graph), kept with what else is kept of it and lent to git as an
/// alternate: a walk for one file then passes over the commits that did not change it. Written where walking was slow, beside what is done meanwhile;
/// the repository itself is never written to.
/// </summary>
/// <param name="repository">The repository, of whole history.</param>
/// <param name="folder">The folder for it.</param>
internal sealed class KeptGraph(GitRepository repository, string folder) : IAsyncDisposable
{
    private const int DigestBytes = 32;

    // What git walked before the graph is worth its writing, which costs about as much.
    private static readonly TimeSpan s_slow = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(1);

    private readonly string _objects = Path.Combine(folder, "objects");
    private readonly CacheFile _stamp = new(Path.Combine(folder, "stamp"));
    private readonly Lock _turn = new();
    private TimeSpan _walked;
    private (bool IsRead, string? Tip) _kept;
    private Task _writing = Task.CompletedTask;

    private string Graph => Path.Combine(_objects, "info", "commit-graph");

    /// <summary>The folder to lend to git; null while no whole graph is kept.</summary>
    public string? Objects
    {
        get
        {
            lock (_turn)
            {
                _kept = _kept.IsRead ? _kept : (true, ReadTip());
                return _kept.Tip is null ? null : _objects;
            }
        }
    }

    /// <summary>Tells how long git walked history for a file; the graph is written, or carried on to the tip, when that was long.</summary>
    public void Walked(TimeSpan time)
    {
        lock (_turn)
        {
            _walked += time;
            if (_walked > s_slow && _writing.IsCompleted)
            {
                _walked = TimeSpan.Zero;
                _writing = Task.Run(() => WriteAsync());
            }
        }
    }

    /// <summary>Ends once what is being written is there.</summary>
    public async ValueTask DisposeAsync() => await _writing;

    /// <summary>The tip up to which the graph was written; null when there is none, or it is not what was written.</summary>
    private string? ReadTip()
    {
        try
        {
            return _stamp.Read() is { Length: > DigestBytes } stamp && File.Exists(Graph) && Digest().AsSpan().SequenceEqual(stamp.Span[..DigestBytes])
                ? GitText.Decode(stamp.Span[DigestBytes..])
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private byte[] Digest()
    {
        using var file = File.OpenRead(Graph);
        return SHA256.HashData(file);
    }

    /// <summary>Writes the graph elsewhere and puts it in the old one's place, whose paths it takes over: a lock left by a killed git is in nobody's way.</summary>
    private async Task WriteAsync()
    {
        using var limit = new CancellationTokenSource(s_longest);
        var draft = Path.Combine(folder, $"{Guid.NewGuid():N}.part");
        try
        {
            // git takes the variable's value for several folders at each of its separators.
            if (_objects.Contains(Path.PathSeparator, StringComparison.Ordinal) || await repository.TryResolveAsync("HEAD", limit.Token) is not { } tip || _kept.Tip == tip.Hex)
            {
                return;
            }

            Directory.CreateDirectory(Path.GetDirectoryName(Graph)!);
            Directory.CreateDirectory(Path.Combine(draft, "info"));
            await using var git = GitProcess.Start(
                repository.Directory,
                ["commit-graph", "write", "--reachable", "--changed-paths", "--no-progress", "--object-dir", draft],
                objects: Objects is { } kept ? $"{draft}{Path.PathSeparator}{kept}" : draft);
            git.Input.Close();
            if ((await git.EndAsync(limit.Token)).Exit == 0)
            {
                File.Move(Path.Combine(draft, "info", "commit-graph"), Graph, overwrite: true);
                _stamp.Write([.. Digest(), .. Encoding.ASCII.GetBytes(tip.Hex)]);
                lock (_turn)
                {
                    _kept = (true, tip.Hex);
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or GitException or OperationCanceledException)
        {
            // Walks stay as slow as they were.
        }
        finally
        {
            Discard(draft);
        }
    }

    private static void Discard(string draft)
    {
        try
        {
            Directory.Delete(draft, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It was never made, or the folder can't be written: there is none.
        }
    }
}
