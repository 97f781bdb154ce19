using System.ComponentModel;
using Airworthy.Probes.Recording;

namespace Airworthy.Probes;

/// <summary>One call that may be recorded, from its beginning to its end. Woven code holds it; nothing here ever throws into the app.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class CallRecord
{
    /// <summary>Stands for an argument or a result that can't be boxed, as a span.</summary>
    public static readonly object Unrecordable = Recording.Unrecordable.Value;

    [ThreadStatic]
    private static (int Cell, CallRecord? Record) t_handed;

    private readonly Recorder _recorder;
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
