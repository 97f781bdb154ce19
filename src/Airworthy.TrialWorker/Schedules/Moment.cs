namespace Airworthy.TrialWorker.Schedules;

/// <summary>A moment at which one of several threads is to go on.</summary>
/// <param name="Enabled">The threads that can, a bit for each; never 0.</param>
/// <param name="Current">The one that just ran; -1 when it can't go on.</param>
/// <param name="Step">How many such moments there were before.</param>
/// <param name="IsBetweenCalls">True when the one that just ran is between two calls, or at its end.</param>
/// <param name="IsYield">True when it has nothing to do until another went on.</param>
internal readonly record struct Moment(uint Enabled, int Current, int Step, bool IsBetweenCalls, bool IsYield)
{
    /// <summary>Whether a thread can go on.</summary>
    public bool Can(int thread) => thread >= 0 && (Enabled >> thread & 1) == 1;

    /// <summary>The next thread after one, round and round, that can go on; itself when no other can.</summary>
    public int After(int thread)
    {
        for (var ahead = 1; ahead <= Schedule.MostThreads; ahead++)
        {
            var next = (thread + ahead + Schedule.MostThreads) % Schedule.MostThreads;
            if (Can(next))
            {
                return next;
            }
        }

        return thread;
    }
}
