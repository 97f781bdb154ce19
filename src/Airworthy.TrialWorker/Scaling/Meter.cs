using System.Collections;
using System.Diagnostics;
using System.Reflection;
using Airworthy.TrialWorker.Making;
using Airworthy.TrialWorker.Running;

namespace Airworthy.TrialWorker.Scaling;

/// <summary>Counts what calls of one unit take on one side.</summary>
/// <param name="call">The unit there.</param>
internal sealed class Meter(SideCall call)
{
    private const int MostItems = 100_000;
    private const int Runs = 7;

    private static readonly TimeSpan s_mostWait = TimeSpan.FromSeconds(2);

    private readonly Func<object?[], object?> _call = Invoker.Of(call.Method);
    private readonly EdgeCounters? _edges = EdgeCounters.Of(call.Method.Module.Assembly);
    private readonly long[]? _walked = (long[]?)call.Method.Module.Assembly.GetType("AirworthyTrial.Work", throwOnError: false)?.GetField("Walked")!.GetValue(null);

    /// <summary>Whether there is anything to count by.</summary>
    public bool Counts => _edges is not null;

    /// <summary>What a call takes; null when it throws, or can't be made.</summary>
    public Cost? Of(Recipe input, int size)
    {
        if (Arguments(input) is not { } arguments)
        {
            return null;
        }

        _edges?.Reset();
        if (_walked is not null)
        {
            _walked[0] = 0;
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        return Ended(arguments) ? new Cost(size, (_edges?.Steps ?? 0) + (_walked?[0] ?? 0), GC.GetAllocatedBytesForCurrentThread() - before) : null;
    }

    /// <summary>The shortest of a few runs, in seconds.</summary>
    public double Seconds(Recipe input)
    {
        var best = double.MaxValue;
        for (var i = 0; i < Runs; i++)
        {
            if (Arguments(input) is not { } arguments)
            {
                return double.NaN;
            }

            _edges?.Reset();
            var begun = Stopwatch.GetTimestamp();
            if (!Ended(arguments))
            {
                return double.NaN;
            }

            best = Math.Min(best, Stopwatch.GetElapsedTime(begun).TotalSeconds);
        }

        return best;
    }

    private object?[]? Arguments(Recipe input)
    {
        try
        {
            return (object?[])input.Build(call.Side)! is var arguments && !call.Method.IsStatic && call.Method is MethodInfo && arguments[0] is null ? null : arguments;
        }
#pragma warning disable CA1031 // What can't be made is not measured, whatever it throws.
        catch (Exception)
#pragma warning restore CA1031
        {
            return null;
        }
    }

    private bool Ended(object?[] arguments)
    {
        try
        {
            var result = _call(arguments);
            if (result is Task task && !task.Wait(s_mostWait))
            {
                return false;
            }

            // What is made as it is asked for costs when it is.
            if (result is IEnumerable items and not (ICollection or string))
            {
                var count = 0;
                foreach (var _ in items)
                {
                    if (++count == MostItems)
                    {
                        break;
                    }
                }
            }

            return true;
        }
#pragma warning disable CA1031 // A call that fails is not measured.
        catch (Exception)
#pragma warning restore CA1031
        {
            return false;
        }
    }
}
