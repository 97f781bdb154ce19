using System.Runtime.CompilerServices;
using Airworthy.Probes;

namespace Airworthy.ProbeCosts;

/// <summary>Each method called in a loop of its own, as a caller would: the compiler may inline what it would inline there.</summary>
[NoProbe]
internal static class Loops
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static long Plain(int times)
    {
        var sum = 0L;
        for (var i = 0; i < times; i++)
        {
            sum = Methods.Add(sum, i);
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static long Probed(int times)
    {
        var sum = 0L;
        for (var i = 0; i < times; i++)
        {
            sum = Methods.AddProbed(sum, i);
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static long PlainChecked(int times)
    {
        var sum = 0L;
        for (var i = 0; i < times; i++)
        {
            sum = Methods.AddChecked(sum, i);
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static long ProbedChecked(int times)
    {
        var sum = 0L;
        for (var i = 0; i < times; i++)
        {
            sum = Methods.AddCheckedProbed(sum, i);
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static long Traced(int times)
    {
        var sum = 0L;
        for (var i = 0; i < times; i++)
        {
            sum = Methods.AddTraced(sum, i);
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static long Metered(int times)
    {
        var sum = 0L;
        for (var i = 0; i < times; i++)
        {
            sum = Methods.AddMetered(sum, i);
        }

        return sum;
    }
}
