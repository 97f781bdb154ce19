namespace Airworthy.TrialWorker.Schedules;

/// <summary>How a run of some threads ended.</summary>
internal enum ScheduleEnd
{
    /// <summary>All came to their end.</summary>
    Done,

    /// <summary>Some are left, and each waits for another.</summary>
    Deadlock,

    /// <summary>Whoever chooses wanted none to go on.</summary>
    Refused,

    /// <summary>More steps than a run may have: threads go round without end.</summary>
    Endless,

    /// <summary>One waits or loops where it can't be told to: nothing can be said, and it is never used again.</summary>
    Stuck,
}
