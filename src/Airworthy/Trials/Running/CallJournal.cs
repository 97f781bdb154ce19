using System.IO.MemoryMappedFiles;

namespace Airworthy.Trials.Running;

/// <summary>
/// The input that is running, in a file in memory that outlives the process: written before each call, so that a call that takes its process along is
/// known. One process writes.
/// </summary>
public sealed unsafe class CallJournal : IDisposable
{
    /// <summary>Bytes of an input that are kept; a longer one is cut, and can't be run again.</summary>
    public const int MostInput = 1 << 20;

    private const int Header = 32;

    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _bytes;

    /// <param name="path">The file; made when it is not there.</param>
    public CallJournal(string path)
    {
        using (var stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite))
        {
            stream.SetLength(Header + MostInput);
        }

        _file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, Header + MostInput);
        _view = _file.CreateViewAccessor();
        byte* pointer = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref pointer);
        _bytes = pointer;
    }

    /// <summary>How many calls were begun.</summary>
    public long Calls => Volatile.Read(ref *(long*)_bytes);

    /// <summary>The unit that runs, by its index; -1 when none does.</summary>
    public int Unit => *(int*)(_bytes + 8);

    /// <summary>True when the head runs.</summary>
    public bool AtHead => *(int*)(_bytes + 12) == 1;

    /// <summary>The mutant that is awake, by its id; 0 when none is.</summary>
    public int Mutant => *(int*)(_bytes + 20);

    /// <summary>The input's bytes.</summary>
    public byte[] Input => new ReadOnlySpan<byte>(_bytes + Header, Math.Clamp(*(int*)(_bytes + 16), 0, MostInput)).ToArray();

    /// <summary>Room to write an input to, before <see cref="Begin"/>.</summary>
    public Span<byte> Room => new(_bytes + Header, MostInput);

    /// <summary>A call begins.</summary>
    public void Begin(int unit, int length)
    {
        *(int*)(_bytes + 8) = unit;
        *(int*)(_bytes + 12) = 0;
        *(int*)(_bytes + 16) = length;
        *(int*)(_bytes + 20) = 0;
        Volatile.Write(ref *(long*)_bytes, *(long*)_bytes + 1);
    }

    /// <summary>The base came back, and the head is next.</summary>
    public void Head()
    {
        *(int*)(_bytes + 12) = 1;
        Volatile.Write(ref *(long*)_bytes, *(long*)_bytes + 1);
    }

    /// <summary>The code as it is came back, and a mutant of it is next.</summary>
    public void Awake(int mutant)
    {
        *(int*)(_bytes + 20) = mutant;
        Volatile.Write(ref *(long*)_bytes, *(long*)_bytes + 1);
    }

    /// <summary>Nothing runs.</summary>
    public void Idle()
    {
        *(int*)(_bytes + 8) = -1;
        *(int*)(_bytes + 20) = 0;
        Volatile.Write(ref *(long*)_bytes, *(long*)_bytes + 1);
    }

    public void Dispose()
    {
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }
}
