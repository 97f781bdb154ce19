namespace Airworthy.TrialWorker.Schedules;

/// <summary>A call of a thread as it went.</summary>
/// <param name="thread">The thread.</param>
/// <param name="call">The call.</param>
internal sealed class CallMade(int thread, ScenarioCall call)
{
    public int Thread => thread;

    public ScenarioCall Call => call;

    /// <summary>The step at which it began; -1 when it did not.</summary>
    public int Begun { get; set; } = -1;

    /// <summary>The step at which it came back; -1 when it did not.</summary>
    public int Ended { get; set; } = -1;

    public object? Result { get; set; }

    public Exception? Thrown { get; set; }

    /// <summary>The arguments, the receiver before them; what is given out stands in them after.</summary>
    public object?[] Arguments { get; set; } = [];

    /// <summary>Whether it was over before another began.</summary>
    public bool IsBefore(CallMade other) => Ended >= 0 && other.Begun >= 0 && Ended < other.Begun;
}
