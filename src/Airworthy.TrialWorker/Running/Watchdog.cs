using System.Diagnostics;
using Airworthy.Trials.Running;

namespace Airworthy.TrialWorker.Running;

/// <summary>Runs code under trial on a thread of its own, and ends the process when one call does not come back.</summary>
internal static class Watchdog
{
    /// <summary>Runs it to its end; 0.</summary>
    /// <param name="run">What to run.</param>
    /// <param name="journal">Tells whether calls go on.</param>
    /// <param name="patience">How long one call may take, in seconds.</param>
    /// <param name="stack">Bytes of its stack.</param>
    public static int Run(Action run, CallJournal journal, double patience, int stack)
    {
        var thread = new Thread(() => run(), stack) { IsBackground = true };
        thread.Start();
        var (calls, since) = (-1L, Stopwatch.GetTimestamp());
        while (!thread.Join(TimeSpan.FromSeconds(patience / 8)))
        {
            if (journal.Calls != calls || journal.Unit < 0)
            {
                (calls, since) = (journal.Calls, Stopwatch.GetTimestamp());
            }
            else if (Stopwatch.GetElapsedTime(since).TotalSeconds >= patience)
            {
                Environment.Exit(TrialRun.HangExit);
            }
        }

        return 0;
    }
}
