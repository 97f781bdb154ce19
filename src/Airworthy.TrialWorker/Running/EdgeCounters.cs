using System.Reflection;

namespace Airworthy.TrialWorker.Running;

/// <summary>The counters that one side's assembly was compiled with, read in place.</summary>
/// <param name="counts">How often each edge was passed, up to 255.</param>
/// <param name="touched">Which edges were passed since the last <see cref="Reset"/>; the first item is how many.</param>
/// <param name="steps">How many edges were passed in all; the first item alone.</param>
/// <param name="most">How many edges a call may pass in all, where its code was compiled to end then; the first item alone.</param>
internal sealed class EdgeCounters(byte[] counts, int[] touched, long[] steps, long[] most)
{
    /// <summary>The type that holds them.</summary>
    public const string TypeName = "AirworthyTrial.Edges";

    private readonly byte[] _seen = new byte[counts.Length];

    /// <summary>Edges that some input has passed.</summary>
    public int Reached { get; private set; }

    public long Steps => steps[0];

    /// <summary>How many edges a call may pass; it is asked of code that was compiled for it alone.</summary>
    public long Most
    {
        get => most[0];
        set => most[0] = value;
    }

    /// <summary>The counters of an assembly; null when it has none.</summary>
    public static EdgeCounters? Of(Assembly assembly) =>
        assembly.GetType(TypeName, throwOnError: false) is { } type
            ? new EdgeCounters((byte[])type.GetField("Counts")!.GetValue(null)!, (int[])type.GetField("Touched")!.GetValue(null)!, (long[])type.GetField("Steps")!.GetValue(null)!, (long[])type.GetField("Most")!.GetValue(null)!)
            : null;

    /// <summary>Forgets what was passed.</summary>
    public void Reset()
    {
        for (var i = Math.Min(touched[0], touched.Length - 1); i > 0; i--)
        {
            counts[touched[i]] = 0;
        }

        touched[0] = 0;
        steps[0] = 0;
    }

    /// <summary>Whether an edge was passed since the last <see cref="Reset"/>.</summary>
    public bool HasPassed(int edge) => counts[edge] != 0;

    /// <summary>Whether an edge was passed that never was, or a number of times of another magnitude; and remembers it.</summary>
    public bool IsNovel()
    {
        var isNovel = false;
        for (var i = Math.Min(touched[0], touched.Length - 1); i > 0; i--)
        {
            var edge = touched[i];
            // 1, 2, 3, 4–7, 8–15, 16–31, 32–127, 128 and more, as fuzzers count.
            var magnitude = counts[edge] switch { 0 => 0, 1 => 1, 2 => 2, 3 => 4, < 8 => 8, < 16 => 16, < 32 => 32, < 128 => 64, _ => 128 };
            if ((_seen[edge] & magnitude) == 0)
            {
                Reached += _seen[edge] == 0 ? 1 : 0;
                _seen[edge] |= (byte)magnitude;
                isNovel = true;
            }
        }

        return isNovel;
    }

    /// <summary>Forgets what any input has passed.</summary>
    public void Forget()
    {
        Array.Clear(_seen);
        Reached = 0;
    }
}
