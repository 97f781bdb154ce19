namespace Airworthy.TrialWorker.Schedules;

/// <summary>What is wrong with what threads did.</summary>
internal enum ViolationKind
{
    /// <summary>No order of the calls does it.</summary>
    Order,

    /// <summary>They wait for each other.</summary>
    Deadlock,

    /// <summary>Two use an object at once that is not made for it.</summary>
    Use,
}
