namespace Airworthy.TrialWorker.Schedules;

/// <summary>What a thread that waits does when nothing else can happen.</summary>
internal enum Waiting
{
    /// <summary>It waits on.</summary>
    Forever,

    /// <summary>It gives up: its time is over.</summary>
    ForATime,

    /// <summary>It waits for a task, which something outside of the schedule may complete.</summary>
    ForTask,
}
