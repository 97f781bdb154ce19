namespace Airworthy.TrialWorker.Schedules;

/// <summary>
/// What the calls of a scenario give one after the other, in each order. Threads may do what one of these does, in an order in which no call comes before one that was over when it began (Wing and Gong,
/// 1993); all else is a race.
/// </summary>
internal sealed class SequentialOrders
{
    private const int MostOrders = 200;

    private readonly List<(int[] Order, Execution Execution)> _orders;
    private readonly Scenario _scenario;
    private readonly ScenarioRun _run;

    private SequentialOrders(Scenario scenario, ScenarioRun run, List<(int[], Execution)> orders) => (_scenario, _run, _orders) = (scenario, run, orders);

    /// <summary>What they give, each told once.</summary>
    public IEnumerable<Execution> Outcomes => _orders.Select(one => one.Execution).DistinctBy(one => one.Text, StringComparer.Ordinal);

    /// <summary>Runs all orders; null when none comes to its end, or one differs from itself: then there is nothing to hold threads against.</summary>
    public static SequentialOrders? Of(Scenario scenario, ScenarioRun run)
    {
        var orders = new List<(int[], Execution)>();
        foreach (var order in scenario.Orders(MostOrders))
        {
            var execution = run.Run(scenario, new OrderChooser(order));
            if (execution is null || run.IsStuck || execution.IsUncontrolled)
            {
                return null;
            }

            if (execution.End == ScheduleEnd.Done)
            {
                if (orders.Count == 0 && run.Run(scenario, new OrderChooser(order))?.Text != execution.Text)
                {
                    return null;
                }

                orders.Add((order, execution));
            }
        }

        return orders.Count == 0 ? null : new SequentialOrders(scenario, run, orders);
    }

    /// <summary>Whether what threads did is what some order does.</summary>
    public bool Allows(Execution execution) => _orders.Exists(one => one.Execution.Text == execution.Text && Respects(Sequence(one.Order, execution.Calls)));

    /// <summary>Whether threads that wait for each other would also wait one after the other: each of those that are left, after what came back, in some order.</summary>
    public bool Explains(Execution deadlock)
    {
        var came = deadlock.Calls.GroupBy(call => call.Thread).Select(thread => thread.Count(call => call.Ended >= 0)).ToArray();
        var given = deadlock.Calls.Where(call => call.Ended >= 0).Select(ScenarioRun.Ended).ToList();
        return Scenario.Orders(came).Take(MostOrders).Any(order => Respects(Sequence(order, deadlock.Calls)) && Waits(order));

        bool Waits(int[] order) => Enumerable.Range(0, came.Length).Where(thread => came[thread] < _scenario.Threads[thread].Length).All(thread =>
        {
            var chooser = new OrderChooser([.. order, thread]);
            return _run.Run(_scenario, chooser) is { } again && chooser.Begun == order.Length + 1
                && again.Calls.Where(call => call.Ended >= 0).Select(ScenarioRun.Ended).SequenceEqual(given, StringComparer.Ordinal);
        });
    }

    /// <summary>The order's outcome that is most like what threads did.</summary>
    public Execution Closest(Execution execution) => _orders.Select(one => one.Execution).MinBy(one => one.Parts.Zip(execution.Parts).Count(pair => pair.First.Seen != pair.Second.Seen))!;

    private static List<CallMade> Sequence(int[] order, IReadOnlyList<CallMade> calls)
    {
        var left = calls.GroupBy(call => call.Thread).ToDictionary(thread => thread.Key, thread => new Queue<CallMade>(thread));
        return [.. order.Select(thread => left[thread].Dequeue())];
    }

    private static bool Respects(List<CallMade> order)
    {
        for (var i = 0; i < order.Count; i++)
        {
            for (var j = i + 1; j < order.Count; j++)
            {
                if (order[j].IsBefore(order[i]))
                {
                    return false;
                }
            }
        }

        return true;
    }
}
