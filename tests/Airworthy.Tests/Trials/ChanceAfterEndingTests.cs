using Airworthy.Trials;
using Airworthy.Trials.Running;
using Airworthy.TrialWorker.Running;
using Xunit;

namespace Airworthy.Tests.Trials;

/// <summary>What a unit is tried with after one of its calls ended the worker.</summary>
public sealed class ChanceAfterEndingTests
{
    [Fact]
    public void A_unit_that_ended_its_worker_goes_on_with_other_inputs_and_the_others_with_the_same()
    {
        var endings = new Dictionary<int, int> { [0] = 1 };
        Assert.NotEqual(Drawn(0, []), Drawn(0, endings));
        Assert.NotEqual(Drawn(0, endings), Drawn(0, new() { [0] = 2 }));
        Assert.Equal(Drawn(1, []), Drawn(1, endings));
    }

    private static int[] Drawn(int index, Dictionary<int, int> endings)
    {
        var unit = new TrialUnit("", "", "", 1, 1, "", null, TrialOrigin.New, null, null, LiteralPool.Empty);
        var job = new RunJob(new TrialPlan([unit, unit], "", "", []), [0, 1], [], 1, 1, 1, 1, "", "", []) { Endings = endings };
        using var trial = new UnitTrial(job, index, TimeSpan.FromSeconds(1), null!, _ => { }, []);
        var chance = trial.Chance(3);
        return [.. Enumerable.Range(0, 20).Select(_ => chance.Below(1_000_000))];
    }
}
