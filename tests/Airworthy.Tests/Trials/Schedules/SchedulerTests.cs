using Airworthy.TrialWorker.Schedules;
using Xunit;

namespace Airworthy.Tests.Trials.Schedules;

/// <summary>Threads that run one at a time.</summary>
public sealed class SchedulerTests
{
    [Fact]
    public void Threads_that_go_round_without_end_are_given_up_and_their_places_told()
    {
        var scheduler = new Scheduler();
        Assert.Equal(ScheduleEnd.Endless, scheduler.Run([() => Go(100_000, 1), () => Go(100_000, 2)], new PreemptionChooser(0), TimeSpan.FromMinutes(5)));
        Assert.Equal([1, 2], scheduler.Places);
        Assert.Equal(ScheduleEnd.Done, scheduler.Run([() => Go(10, 1), () => Go(10, 2)], new PreemptionChooser(0), TimeSpan.FromMinutes(5)));
    }

    /// <summary>So many steps: more than a run may have end it, so that one which may have any number ends too.</summary>
    private static void Go(int steps, int point)
    {
        for (var i = 0; i < steps; i++)
        {
            ScheduledThread.Current!.Scheduler.Step(ScheduledThread.Current!, point, isYield: false);
        }
    }
}
