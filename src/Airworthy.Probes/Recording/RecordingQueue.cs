using System.Threading.Channels;

namespace Airworthy.Probes.Recording;

/// <summary>Writes recordings to their folder in the background: no call of the app waits for a disk.</summary>
internal sealed class RecordingQueue
{
    /// <summary>Recordings that wait; what comes when so many do is dropped.</summary>
    private const int MostWaiting = 256;

    /// <summary>Recordings written between two looks at the folder's age and size.</summary>
    private const int Trimmed = 64;

    /// <summary>How long the end of the process waits for what is not written yet.</summary>
    private static readonly TimeSpan s_lastWait = TimeSpan.FromSeconds(2);

    private readonly Channel<(Guid Id, byte[] Document)> _waiting =
        Channel.CreateBounded<(Guid, byte[])>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });

    private readonly RecordingFolder _folder;
    private readonly Task _writing;
    private long _written;
    private long _dropped;
    private long _faults;

    public RecordingQueue(RecordingFolder folder)
    {
        _folder = folder;
        _writing = Task.Run(WriteAsync);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Finish();
    }

    /// <summary>Recordings written, dropped as too many waited, and not written for a fault.</summary>
    public (long Written, long Dropped, long Faults) Counts => (Interlocked.Read(ref _written), Interlocked.Read(ref _dropped), Interlocked.Read(ref _faults));

    public void Add(Guid id, byte[] document)
    {
        if (!_waiting.Writer.TryWrite((id, document)))
        {
            Interlocked.Increment(ref _dropped);
        }
    }

    public void CountFault() => Interlocked.Increment(ref _faults);

    /// <summary>Writes what waits, and takes nothing more.</summary>
    public void Finish()
    {
        _waiting.Writer.TryComplete();
        _writing.Wait(s_lastWait);
    }

    private async Task WriteAsync()
    {
        await foreach (var (id, document) in _waiting.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            try
            {
                if (_folder.Save(id, document) && Interlocked.Increment(ref _written) % Trimmed == 1)
                {
                    _folder.Trim();
                }
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                CountFault();
            }
        }
    }
}
