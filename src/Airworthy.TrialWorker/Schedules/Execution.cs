namespace Airworthy.TrialWorker.Schedules;

/// <summary>A scenario that ran under one schedule, and all that can be seen of it.</summary>
/// <param name="End">How it ended.</param>
/// <param name="Calls">The calls, thread by thread.</param>
/// <param name="Parts">What was seen: what each call gave, what the objects are after, what they answer.</param>
/// <param name="Schedule">The schedule.</param>
internal sealed record Execution(ScheduleEnd End, IReadOnlyList<CallMade> Calls, IReadOnlyList<(string Of, string Seen)> Parts, Schedule Schedule)
{
    /// <summary>Who stood where at each step.</summary>
    public required IReadOnlyList<(int Thread, int Point)> Trace { get; init; }

    /// <summary>Where each thread waits; null for those that came to their end.</summary>
    public required int?[] Places { get; init; }

    /// <summary>The first use of an object by two at once; null when there was none.</summary>
    public SharedUse? Use { get; init; }

    /// <summary>True when something outside of the schedule had a hand in it.</summary>
    public bool IsUncontrolled { get; init; }

    /// <summary>All that was seen, to compare.</summary>
    public string Text => string.Join('\n', Parts.Select(part => part.Seen));
}
