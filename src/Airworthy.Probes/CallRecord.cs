using System.ComponentModel;
using Airworthy.Probes.Recording;

namespace Airworthy.Probes;

/// <summary>One call that may be recorded, from its beginning to its end. Woven code holds it; nothing here ever throws into the app.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class CallRecord
{
    /// <summary>Stands for an argument or a result that can't be boxed, as a span.</summary>
    public static readonly object Unrecordable = Recording.Unrecordable.Value;

    /// <summary>Stands for an argument that the method never asks for.</summary>
    public static readonly object Unused = Recording.Unrecordable.Unused;

    [ThreadStatic]
    private static (int Cell, CallRecord? Record) t_handed;

    private readonly Recorder _recorder;
    private List<object?>? _items;
    private int _hasEnded;

    internal CallRecord(Recorder recorder, MethodRecordings method, CallDocument document, ulong shape)
    {
        (_recorder, Method, Document) = (recorder, method, document);
        (Shape, Passed, Outward) = (shape, new byte[method.Statements.Length], OutwardLog.New());
    }

    internal MethodRecordings Method { get; }

    internal CallDocument Document { get; }

    /// <summary>What is special about its arguments and its culture.</summary>
    internal ulong Shape { get; }

    /// <summary>A 1 for each of the method's statements that this call ran.</summary>
    internal byte[] Passed { get; }

    /// <summary>The calls over HTTP that it makes.</summary>
    internal OutwardLog Outward { get; }

    /// <summary>Marks a statement of the method as run by this call.</summary>
    /// <param name="record">The call; null when it is not recorded.</param>
    /// <param name="flag">The statement's flag in its module.</param>
    public static void Pass(CallRecord? record, int flag)
    {
        if (record is not null && (uint)(flag - record.Method.FirstFlag) < (uint)record.Passed.Length)
        {
            record.Passed[flag - record.Method.FirstFlag] = 1;
        }
    }

    /// <summary>The call returned.</summary>
    public static void Returned(object? result, CallRecord? record) => record?.End(result, thrown: null);

    /// <summary>
    /// A constructor returned. As the base's of another object it is no call that could be made again by itself: then the record ends without a recording.
    /// </summary>
    /// <param name="made">The object.</param>
    /// <param name="type">The constructor's type.</param>
    /// <param name="record">The record; null when there is none.</param>
    public static void Made(object made, Type type, CallRecord? record)
    {
        if (made?.GetType() == type)
        {
            record?.End(made, thrown: null);
        }
    }

    /// <summary>
    /// What is enumerated came to another item, or to its end. The record ends there, or with as many items as are kept and one more: a sequence may have
    /// no end. One that is left before is not recorded: nobody knows what would have come.
    /// </summary>
    /// <param name="more">True when there is another item.</param>
    /// <param name="item">The item.</param>
    /// <param name="record">The record; null when there is none.</param>
    public static void Stepped(bool more, object? item, CallRecord? record)
    {
        if (record is null || Volatile.Read(ref record._hasEnded) != 0)
        {
            return;
        }

        var items = record._items ??= [];
        if (more)
        {
            items.Add(item);
        }

        if (!more || items.Count > RecordingLimits.Default.Items)
        {
            record.End(items, thrown: null);
            record._items = null;
        }
    }

    /// <summary>An exception left the call.</summary>
    public static void Threw(Exception? thrown, CallRecord? record)
    {
        if (thrown is not null)
        {
            record?.End(result: null, thrown);
        }
    }

    /// <summary>What the call of <paramref name="cell"/> on this thread handed over just now.</summary>
    public static CallRecord? Taken(int cell)
    {
        var (of, record) = t_handed;
        t_handed = default;
        if (of != cell)
        {
            return null;
        }

        // Here, not where it began: an async method's own flow ends with it, its caller's does not.
        record?.Outward.Enter();
        return record;
    }

    internal static void Hand(int cell, CallRecord? record) => t_handed = (cell, record);

    private void End(object? result, Exception? thrown)
    {
        Outward.Leave();
        if (Interlocked.Exchange(ref _hasEnded, 1) == 0)
        {
            _recorder.End(this, result, thrown);
        }
    }
}
