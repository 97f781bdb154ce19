using System.ComponentModel;
using Airworthy.Probes.Recording;

namespace Airworthy.Probes;

/// <summary>
/// One loaded copy of a module with probes: what its woven code calls, off the quick path. Only the module's own static fields hold it, so it
/// lives as long as the module does. Nothing here ever throws into the app.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ProbeModule
{
    private readonly ModuleCounts _counts;

    /// <summary>True while listeners are told. They are the app's own code and may call woven methods: of those they are not told.</summary>
    [ThreadStatic]
    private static bool t_telling;

    private ProbeModule(ModuleCounts counts) => _counts = counts;

    /// <summary>One flag a statement; the woven code sets it to 1 when the statement first runs.</summary>
    public byte[] Ran => _counts.Ran;

    /// <summary>One flag a method; while it is 1, woven code hands the method's calls to <see cref="Begin"/> or <see cref="Hand"/>.</summary>
    public byte[] Wanted => _counts.Wanted;

    /// <summary>Called once when the module is loaded, before any of its code runs.</summary>
    /// <param name="table">The table the weaver wrote; copied.</param>
    /// <param name="length">Its bytes.</param>
    /// <param name="methods">How many methods carry a probe.</param>
    /// <param name="statements">How many statements have a flag.</param>
    public static unsafe ProbeModule Register(void* table, int length, int methods, int statements)
    {
        var counts = ProbeRegistry.Counts(new ReadOnlySpan<byte>(table, length), methods, statements);
        var module = new ProbeModule(counts);
        counts.Join(module);
        RecordingSwitch.Tell(counts);
        ProbeMeter.Start();
        return module;
    }

    /// <summary>A call that the quick path can't finish: a thread's first in this module, or one whose turn it is to be timed.</summary>
    /// <param name="cells">The thread's cells, made here at its first call.</param>
    /// <param name="cell">The method's cell; counted here only when there were no cells.</param>
    public ProbeSample? Enter(ref long[]? cells, int cell)
    {
        if (cells is null)
        {
            cells = _counts.Attach(this);
            cells[cell]++;
            return null;
        }

        cells[CellLayout.Countdown] = SamplingGap.Next(ref cells[CellLayout.Seed]);
        return !t_telling && ProbeMeter.Current is { Times: true } ? ProbeSample.Start() : null;
    }

    /// <summary>Counts an exception that leaves a method. Also ends its timing.</summary>
    /// <returns>Always 0: as an exception filter's answer, it lets the exception pass untouched.</returns>
    public int Failed(Exception? exception, int cell, ProbeSample? sample)
    {
        if (sample is not null)
        {
            Left(cell, sample);
        }

        if (exception is null)
        {
            return 0;
        }

        var isCancellation = exception is OperationCanceledException;
        var failures = _counts.Failures(cell - CellLayout.First, isCancellation ? null : exception.GetType().FullName ?? exception.GetType().Name);
        if (t_telling || ProbeMeter.Current is not { } meter)
        {
            failures.Defer();
            return 0;
        }

        t_telling = true;
        try
        {
            failures.Add(isCancellation ? meter.Cancellations : meter.Failures);
        }
#pragma warning disable CA1031 // What a listener throws is its own fault: it is counted, and never changes what the woven method does.
        catch (Exception)
#pragma warning restore CA1031
        {
            meter.CountListenerFault();
        }
        finally
        {
            t_telling = false;
        }

        return 0;
    }

    /// <summary>Ends the timing of a call.</summary>
    public void Left(int cell, ProbeSample sample)
    {
        var (elapsed, allocated) = (sample.Elapsed, sample.Allocated);
        sample.Release();
        var method = cell - CellLayout.First;
        var tags = _counts.Tags[method];
        if (tags.Method.Kind == ProbeTable.Kind.Plain)
        {
            _counts.AddAllocated(method, allocated);
        }

        if (t_telling || ProbeMeter.Current is not { } meter)
        {
            return;
        }

        t_telling = true;
        try
        {
            meter.Duration.Record(elapsed.TotalSeconds, tags.All);
        }
#pragma warning disable CA1031 // What a listener throws is its own fault: it is counted, and never changes what the woven method does.
        catch (Exception)
#pragma warning restore CA1031
        {
            meter.CountListenerFault();
        }
        finally
        {
            t_telling = false;
        }
    }

    /// <summary>A call that begins and may be recorded.</summary>
    /// <param name="cell">The method's cell, and above it which of the parts on its line is called.</param>
    /// <param name="receiver">The object it is called on; null for static methods.</param>
    /// <param name="arguments">Its arguments, boxed; <see cref="CallRecord.Unrecordable"/> for those that can't be. Behind them the types that a
    /// generic method and its type are called for.</param>
    /// <returns>Null when this call is not recorded.</returns>
    public CallRecord? Begin(int cell, object? receiver, object?[] arguments)
    {
        var record = Record(cell, receiver, arguments);
        record?.Outward.Enter();
        return record;
    }

    /// <summary>
    /// The same without its calls outward: for what is enumerated, which runs piece by piece within who asks for it, and for constructors, of which it is not seen
    /// when the base's throws.
    /// </summary>
    public CallRecord? BeginSteps(int cell, object? receiver, object?[] arguments) => Record(cell, receiver, arguments);

    /// <summary>The same for a method whose code runs in a state machine: its first step, on the same thread, takes what begins here.</summary>
    public void Hand(int cell, object? receiver, object?[] arguments) => CallRecord.Hand(cell, Record(cell, receiver, arguments));

    private CallRecord? Record(int cell, object? receiver, object?[] arguments) =>
        RecordingSwitch.Current?.Begin(_counts, (cell & ((1 << CellLayout.CellBits) - 1)) - CellLayout.First, cell >> CellLayout.CellBits, receiver, arguments);
}
