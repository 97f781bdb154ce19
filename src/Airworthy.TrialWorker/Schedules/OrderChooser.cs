namespace Airworthy.TrialWorker.Schedules;

/// <summary>One call after the other, in a given order: a thread changes between calls alone. A call that waits for another ends the run.</summary>
/// <param name="order">Which thread makes each of the calls.</param>
internal sealed class OrderChooser(IReadOnlyList<int> order) : IChooser
{
    private int _at;

    /// <summary>Calls that were begun.</summary>
    public int Begun => _at;

    public int Choose(Moment moment) =>
        !moment.IsBetweenCalls ? (moment.Can(moment.Current) ? moment.Current : IChooser.Refused)
        : _at < order.Count && moment.Can(order[_at]) ? order[_at++]
        : IChooser.Refused;
}
