using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Airworthy.Journeys;

/// <summary>Tells whoever listens, in this process, that something changed, so that open pages need not ask again and again.</summary>
public sealed class ServerNews
{
    private const int Backlog = 64;
    private readonly ConcurrentDictionary<Channel<ServerEvent>, byte> _listeners = new();

    /// <summary>Tells all who listen now. A listener that does not keep up misses the oldest: it will look again anyway.</summary>
    public void Tell(ServerEvent what)
    {
        foreach (var listener in _listeners.Keys)
        {
            listener.Writer.TryWrite(what);
        }
    }

    /// <summary>What changes from now on, until <paramref name="cancel"/>.</summary>
    public async IAsyncEnumerable<ServerEvent> ListenAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        var channel = Channel.CreateBounded<ServerEvent>(new BoundedChannelOptions(Backlog) { FullMode = BoundedChannelFullMode.DropOldest });
        _listeners.TryAdd(channel, 0);
        try
        {
            await foreach (var what in channel.Reader.ReadAllAsync(cancel))
            {
                yield return what;
            }
        }
        finally
        {
            _listeners.TryRemove(channel, out _);
        }
    }
}
