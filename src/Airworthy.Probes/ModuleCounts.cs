using System.Collections.Concurrent;
using Airworthy.Probes.Recording;

namespace Airworthy.Probes;

/// <summary>
/// The counts of one module: data alone, so that it keeps no assembly loaded. Every loaded copy of the same build shares them.
/// </summary>
internal sealed class ModuleCounts(byte[] table, int methods, int statements)
{
    /// <summary>Exception types told apart for one method; further ones are one.</summary>
    private const int MostTypes = 8;

    /// <summary>The value of <c>error.type</c> that stands for any other.</summary>
    private const string OtherType = "_OTHER";

    private readonly List<ThreadCells> _threads = [];
    private readonly long[] _ended = new long[methods];
    private readonly long[] _allocated = new long[methods];
    private readonly int[] _types = new int[methods];
    private readonly ConcurrentDictionary<(int Method, string? Type), FailureCount> _failures = new();
    private readonly List<WeakReference<ProbeModule>> _copies = [];
    private ProbeTable? _read;
    private MethodTags[]? _tags;
    private int _nextSweep = 16;

    public byte[] Table { get; } = table;

    public int Methods { get; } = methods;

    /// <summary>One flag a statement, 1 once it ran.</summary>
    public byte[] Ran { get; } = new byte[statements];

    /// <summary>How many of its statements ever ran.</summary>
    public int StatementsRun => Ran.AsSpan().Count((byte)1);

    /// <summary>One flag a method, 1 while its calls are to be recorded. Only code that was woven for recordings reads it.</summary>
    public byte[] Wanted { get; } = new byte[methods];

    /// <summary>What is known of the methods' recordings, for each <see cref="ProbeTable.Recordable"/>; null until one of them was wanted.</summary>
    public MethodRecordings[]?[] Recordings { get; } = new MethodRecordings[]?[methods];

    /// <summary>What the weaver wrote down, read when it is first asked for.</summary>
    public ProbeTable Read => Volatile.Read(ref _read) ?? (_read = ProbeTable.Read(Table));

    /// <summary>Threads whose cells are kept.</summary>
    public int Threads
    {
        get
        {
            lock (_threads)
            {
                return _threads.Count;
            }
        }
    }

    /// <summary>True when every copy that counted here was unloaded.</summary>
    public bool IsUnloaded
    {
        get
        {
            lock (_threads)
            {
                return _copies.TrueForAll(copy => !copy.TryGetTarget(out _));
            }
        }
    }

    /// <summary>The methods' names and places, read when they are first asked for: an app that exports nothing never pays for them.</summary>
    public MethodTags[] Tags
    {
        get
        {
            return Volatile.Read(ref _tags) is { } known ? known : Decode();

            MethodTags[] Decode()
            {
                var read = Read;
                var tags = new MethodTags[Methods];
                var flag = 0;
                for (var i = 0; i < tags.Length; i++)
                {
                    var method = i < read.Methods.Length ? read.Methods[i] : new ProbeTable.Method(ProbeTable.Kind.Plain, "", "", "", "", 0, 0, []);
                    tags[i] = new MethodTags(read.Revision, method, flag);
                    flag += method.Statements.Length;
                }

                return Interlocked.CompareExchange(ref _tags, tags, null) ?? tags;
            }
        }
    }

    /// <summary>Lets go of the places that the methods hold among those told one by one.</summary>
    public void Forget()
    {
        if (Volatile.Read(ref _tags) is { } tags)
        {
            SeriesBudget.Shared.Release(tags);
        }
    }

    public void Join(ProbeModule copy)
    {
        lock (_threads)
        {
            _copies.RemoveAll(known => !known.TryGetTarget(out _));
            _copies.Add(new WeakReference<ProbeModule>(copy));
        }
    }

    /// <summary>Cells for the running thread.</summary>
    public long[] Attach(ProbeModule copy)
    {
        var cells = new ThreadCells(copy, CellLayout.Length(Methods));
        cells.Cells[CellLayout.Seed] = SamplingGap.NewSeed();
        cells.Cells[CellLayout.Countdown] = SamplingGap.Next(ref cells.Cells[CellLayout.Seed]);
        lock (_threads)
        {
            // Threads come and go: what they leave is swept when their number has doubled, so memory follows the threads that live.
            if (_threads.Count >= _nextSweep)
            {
                Sweep();
                _nextSweep = Math.Max(16, _threads.Count * 2);
            }

            _threads.Add(cells);
        }

        return cells.Cells;
    }

    /// <summary>Calls of each method since the module was loaded, written to <paramref name="calls"/>.</summary>
    public void ReadCalls(Span<long> calls)
    {
        lock (_threads)
        {
            Sweep();
            _ended.AsSpan().CopyTo(calls);
            foreach (var thread in _threads)
            {
                AddTo(calls, thread.Cells);
            }
        }
    }

    /// <summary>How many of a method's flags are set.</summary>
    public long RanOf(MethodTags method, StatementWord word, bool isCalled)
    {
        var ran = 0L;
        for (var i = 0; i < word.Count; i++)
        {
            var flag = word.First + i - method.Method.Entries;
            var hasRun = flag < 0 ? isCalled : Volatile.Read(ref Ran[method.FirstFlag + flag]) != 0;
            ran |= hasRun ? 1L << i : 0;
        }

        return ran;
    }

    /// <summary>Bytes allocated by a method's calls, estimated from those that were timed.</summary>
    public long Allocated(int method) => Volatile.Read(ref _allocated[method]) * SamplingGap.Mean;

    public void AddAllocated(int method, long bytes) => Interlocked.Add(ref _allocated[method], bytes);

    /// <summary>Failures of a method by one exception type (null: cancellations), of which only so many are told apart.</summary>
    public FailureCount Failures(int method, string? type)
    {
        if (_failures.TryGetValue((method, type), out var known))
        {
            return known;
        }

        if (type is not null && type != OtherType && Interlocked.Increment(ref _types[method]) > MostTypes)
        {
            return Failures(method, OtherType);
        }

        return _failures.GetOrAdd((method, type), static (key, counts) => new FailureCount(counts.Tags[key.Method].With(key.Type)), this);
    }

    public IEnumerable<(bool IsCancellation, FailureCount Count)> AllFailures() =>
        _failures.Select(pair => (pair.Key.Type is null, pair.Value));

    private void Sweep()
    {
        for (var i = _threads.Count - 1; i >= 0; i--)
        {
            if (_threads[i].IsOver)
            {
                AddTo(_ended, _threads[i].Cells);
                _threads[i] = _threads[^1];
                _threads.RemoveAt(_threads.Count - 1);
            }
        }
    }

    private static void AddTo(Span<long> calls, long[] cells)
    {
        for (var i = 0; i < calls.Length; i++)
        {
            calls[i] += Volatile.Read(ref cells[CellLayout.First + i]);
        }
    }
}
