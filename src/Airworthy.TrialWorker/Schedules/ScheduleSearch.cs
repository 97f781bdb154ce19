using Airworthy.TrialWorker.Making;

namespace Airworthy.TrialWorker.Schedules;

/// <summary>
/// Looks for a schedule under which the threads of a scenario do what no order of their calls does: each single preemption first, then two and three at random places and random priorities in
/// turn. A violation counts when its schedule, run again, does the same.
/// </summary>
/// <param name="run">What runs scenarios.</param>
/// <param name="chance">Where random places come from.</param>
/// <param name="mayRun">Asked before each schedule.</param>
internal sealed class ScheduleSearch(ScenarioRun run, Chance chance, Func<bool> mayRun)
{
    private const int MostSingle = 120;
    private const int Replays = 3;

    /// <summary>Schedules that were run.</summary>
    public long Schedules { get; private set; }

    /// <summary>Violations that did not come again, and so say nothing.</summary>
    public long Noise { get; private set; }

    /// <summary>Scenarios that can't be made, wait in every order, or differ from themselves.</summary>
    public long NotMade { get; private set; }

    /// <summary>Steps of the longest run.</summary>
    public int MostSteps { get; private set; }

    /// <summary>The first violation; null when there is none among so many schedules.</summary>
    public Violation? Find(Scenario scenario, int most, ViolationKind? wanted = null)
    {
        if (SequentialOrders.Of(scenario, run) is not { } orders)
        {
            NotMade++;
            return null;
        }

        var before = Schedules;
        foreach (var chooser in Choosers(scenario.Threads.Length, orders.Outcomes.Max(one => one.Trace.Count)).Take(most))
        {
            if (!mayRun() || run.IsStuck)
            {
                break;
            }

            Schedules++;
            if (run.Run(scenario, chooser) is not { } execution)
            {
                break;
            }

            MostSteps = Math.Max(MostSteps, execution.Trace.Count);
            if (Judge(execution, orders) is { } kind && (wanted is null || kind == wanted))
            {
                if (Comes(scenario, execution) && SequentialOrders.Of(scenario, run) is { } again && Judge(execution, again) == kind)
                {
                    return new Violation(kind, scenario, orders, execution);
                }

                if (++Noise > 20 && Noise > (Schedules - before) / 10)
                {
                    break;
                }
            }
        }

        return null;
    }

    /// <summary>What is wrong with what threads did; null when nothing is.</summary>
    public static ViolationKind? Judge(Execution execution, SequentialOrders orders) =>
        execution.IsUncontrolled ? null
        : execution.End == ScheduleEnd.Deadlock ? (orders.Explains(execution) ? null : ViolationKind.Deadlock)
        : execution.End != ScheduleEnd.Done ? null
        : !orders.Allows(execution) ? ViolationKind.Order
        : execution.Use is not null ? ViolationKind.Use
        : null;

    /// <summary>Whether the same schedule does the same again.</summary>
    private bool Comes(Scenario scenario, Execution execution)
    {
        for (var i = 0; i < Replays; i++)
        {
            var chooser = new ReplayChooser(execution.Schedule);
            if (run.Run(scenario, chooser) is not { } again || !chooser.IsExact || again.End != execution.End || again.Text != execution.Text || again.Schedule.ToString() != execution.Schedule.ToString())
            {
                return false;
            }
        }

        return true;
    }

    private IEnumerable<IChooser> Choosers(int threads, int steps)
    {
        for (var first = 0; first < threads; first++)
        {
            yield return new PreemptionChooser(first);
        }

        var single = (from step in Enumerable.Range(1, Math.Max(1, steps)) from first in Enumerable.Range(0, threads) from to in Enumerable.Range(0, threads) where to != first select (step, first, to)).ToList();
        for (var i = 0; i < Math.Min(MostSingle, single.Count); i++)
        {
            // All of them where they are few, and a sample where they are many.
            var (step, first, to) = single[single.Count <= MostSingle ? i : chance.Below(single.Count)];
            yield return new PreemptionChooser(first, (step, to));
        }

        for (var turn = 0; ; turn++)
        {
            if (turn % 2 == 0)
            {
                var preemptions = Enumerable.Range(0, 2 + (turn / 2 % 2)).Select(_ => (Step: 1 + chance.Below(steps + 4), To: chance.Below(threads))).OrderBy(one => one.Step).ToArray();
                yield return new PreemptionChooser(chance.Below(threads), preemptions);
            }
            else
            {
                yield return new PriorityChooser(chance, threads, steps, 1 + (turn / 2 % 3));
            }
        }
    }
}
