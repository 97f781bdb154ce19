using System.ComponentModel;
using System.Diagnostics;

namespace Airworthy.Probes;

/// <summary>One call that is timed. Held by the woven method from its entry to its end, then used again for another call.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ProbeSample
{
    /// <summary>Samples kept by a thread for its next calls; more than a stack of timed calls within timed calls ever holds.</summary>
    private const int MostKept = 8;

    [ThreadStatic]
    private static ProbeSample? t_free;

    [ThreadStatic]
    private static int t_kept;

    private ProbeSample? _next;
    private long _started;
    private long _allocated;

    private ProbeSample()
    {
    }

    internal TimeSpan Elapsed => Stopwatch.GetElapsedTime(_started);

    /// <summary>Bytes this thread allocated since the start; of meaning only where the call began and ended on one thread.</summary>
    internal long Allocated => GC.GetAllocatedBytesForCurrentThread() - _allocated;

    internal static ProbeSample Start()
    {
        var sample = t_free;
        if (sample is null)
        {
            sample = new ProbeSample();
        }
        else
        {
            t_free = sample._next;
            t_kept--;
        }

        sample._next = null;
        sample._allocated = GC.GetAllocatedBytesForCurrentThread();
        sample._started = Stopwatch.GetTimestamp();
        return sample;
    }

    /// <summary>Gives the sample back. An async call may end on another thread than it began on, so each thread keeps a few only.</summary>
    internal void Release()
    {
        if (t_kept < MostKept)
        {
            _next = t_free;
            t_free = this;
            t_kept++;
        }
    }
}
