using Airworthy.Probation;
using Xunit;

namespace Airworthy.Tests.Probation;

public class ChangeWatchTests
{
    private static readonly DateTimeOffset s_noon = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);
    private static readonly Dictionary<string, IReadOnlyList<int>> s_allRan = [];
    private static readonly ProbationTerms s_atOnce = new(Days: 0, Instances: 1);

    [Fact]
    public void Unseen_it_is_undecided_and_says_what_would_be_seen()
    {
        var standing = new ChangeWatch(new ProbationTerms()).Conclude(s_allRan);
        Assert.Equal((ProbationVerdict.Undecided, EvidenceGrade.None), (standing.Verdict, standing.Grade));
        Assert.StartsWith("its units were not seen running", Assert.Single(standing.Missing), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_baseline_it_can_be_proven_by_seldom_failing_but_the_grade_says_so()
    {
        var watch = new ChangeWatch(s_atOnce);
        Watch(watch, minutes: 1_000, (_, _) => false, Side.Change);
        var standing = watch.Conclude(s_allRan);
        Assert.Equal((ProbationVerdict.Proven, EvidenceGrade.Absolute), (standing.Verdict, standing.Grade));
        Assert.StartsWith("It failed in fewer than 1% of its instances' minutes, with nothing to compare with", standing.Reason.Replace(" %", "%", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void With_nothing_to_compare_with_ten_times_the_evidence_and_twice_the_time_are_asked_for()
    {
        var watch = new ChangeWatch(new ProbationTerms(Days: 1, Instances: 1));
        Watch(watch, minutes: 600, (_, _) => false, Side.Change);
        Assert.Equal(
            ["nothing to compare with: no version without it ran beside it, or nothing failed; 688 instance-minutes without a failure would do, about", "time: it ran for 0 days of 2, twice the policy's as there is nothing to compare with"],
            watch.Conclude(s_allRan).Missing);
        Watch(watch, minutes: 200, (_, _) => false, [Side.Change], from: 600);
        Assert.Equal(["time: it ran for 0 days of 2, twice the policy's as there is nothing to compare with"], watch.Conclude(s_allRan).Missing);
    }

    [Fact]
    public void The_policy_says_how_seldom_is_seldom()
    {
        var watch = new ChangeWatch(s_atOnce with { Rate = 0.001 });
        Watch(watch, minutes: 1_000, (_, _) => false, Side.Change);
        Assert.Contains("; 6905 instance-minutes without", Assert.Single(watch.Conclude(s_allRan).Missing), StringComparison.Ordinal);
    }

    [Fact]
    public void Statements_that_never_ran_keep_it_from_being_proven()
    {
        var watch = new ChangeWatch(s_atOnce);
        Watch(watch, minutes: 1_000, (_, _) => false, Side.Change);

        Assert.Equal(["lines 7–9 of src/A.cs never ran"], watch.Conclude(new Dictionary<string, IReadOnlyList<int>> { ["src/A.cs"] = [7, 8, 9] }).Missing);
        Assert.Equal(["which of its statements ran: nothing tells, as no probe is in them"], watch.Conclude(null).Missing);
        Assert.Equal(ProbationVerdict.Undecided, watch.Conclude(null).Verdict);
    }

    [Fact]
    public void Once_suspect_it_stays_so_and_its_course_is_thinned_out()
    {
        var watch = new ChangeWatch(s_atOnce);
        Watch(watch, minutes: 300, (i, side) => i % (side == Side.Change ? 4 : 40) == 0, Side.Change, Side.Baseline);
        Assert.Equal(ProbationVerdict.Suspect, watch.Conclude(s_allRan).Verdict);
        Watch(watch, minutes: 6_000, (i, side) => i % (side == Side.Change ? 40 : 8) == 0, [Side.Change, Side.Baseline], from: 300);

        var standing = watch.Conclude(s_allRan);
        Assert.Equal(ProbationVerdict.Suspect, standing.Verdict);
        Assert.Contains("settled at 2026-05-04 ", standing.Reason, StringComparison.Ordinal);
        Assert.InRange(standing.Course.Length, 100, 400);
        Assert.Equal(standing.Course.OrderBy(point => point.At), standing.Course);
    }

    [Fact]
    public void What_failed_before_a_pause_is_no_episode_that_lasts()
    {
        var watch = new ChangeWatch(new ProbationTerms());
        watch.Add(s_noon, Minute((Side.Change, true)));
        watch.Add(s_noon.AddHours(1), Minute((Side.Change, true)));
        Assert.Equal(2, watch.Conclude(s_allRan).Failures.Judged.Total.Change.Bad);
    }

    [Theory]
    [InlineData(3, ProbationVerdict.Suspect)]
    [InlineData(10, ProbationVerdict.Proven)]
    public void A_deploy_that_replaced_all_at_once_is_compared_with_before_beside_units_that_nobody_touched(int failsOneIn, ProbationVerdict verdict)
    {
        // Everything fails twice as often after the deploy: that alone is nobody's doing.
        var watch = new ChangeWatch(s_atOnce);
        Watch(watch, minutes: 4_000, (i, side) => IsBad(i, side, 20), Side.Baseline, Side.Control);
        Watch(watch, minutes: 4_000, (i, side) => IsBad(i, side, side == Side.Change ? failsOneIn : 10), [Side.Change, Side.Control], from: 4_000);

        var standing = watch.Conclude(s_allRan);

        Assert.Equal((verdict, EvidenceGrade.BeforeAfter), (standing.Verdict, standing.Grade));
        Assert.Contains("the turn of units that no change touched divided out", standing.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Before_and_after_asks_for_a_time_before_too()
    {
        var watch = new ChangeWatch(new ProbationTerms(Days: 3, Instances: 1));
        Watch(watch, minutes: 1_440, (i, side) => IsBad(i, side, 40), Side.Baseline, Side.Control);
        Watch(watch, minutes: 100, (i, side) => IsBad(i, side, 40), [Side.Change, Side.Control], from: 1_440);
        Assert.Contains("time: its units were watched without it for 1 day of 3", watch.Conclude(s_allRan).Missing);
    }

    [Fact]
    public void By_lot_a_small_share_of_the_calls_is_compared_fairly()
    {
        var watch = new ChangeWatch(s_atOnce, isFlagged: true);
        for (var i = 0; i < 6_000; i++)
        {
            // Five calls of a hundred meet the change, and fail ten times as often.
            watch.Add(s_noon.AddMinutes(i), new[]
            {
                new InstanceMinute("c", Side.Change, 5, IsBad(i, Side.Change, 100) ? 1 : 0),
                new InstanceMinute("c", Side.Off, 95, IsBad(i, Side.Off, 50) ? 1 : 0),
            }.ToLookup(_ => "production", StringComparer.Ordinal));
        }

        var standing = watch.Conclude(s_allRan);
        Assert.Equal((ProbationVerdict.Suspect, EvidenceGrade.Randomised), (standing.Verdict, standing.Grade));
        Assert.StartsWith("Where its flag is on its units fail more than where it is off, on the same instances", standing.Reason, StringComparison.Ordinal);
        Assert.InRange(standing.Failures.Judged.OddsRatio.Estimate!.Value, 7, 13);
    }

    [Fact]
    public void Slow_calls_alone_make_it_suspect_and_each_metric_must_be_proven()
    {
        var slow = new ChangeWatch(s_atOnce, isTimed: true);
        var calm = new ChangeWatch(s_atOnce, isTimed: true);
        var random = new Random(5);
        for (var i = 0; i < 3_000; i++)
        {
            slow.Add(s_noon.AddMinutes(i), Timed(random, changeIsSlowOneIn: 8));
            calm.Add(s_noon.AddMinutes(i), Timed(random, changeIsSlowOneIn: 30));
        }

        var standing = slow.Conclude(s_allRan);
        Assert.Equal(ProbationVerdict.Suspect, standing.Verdict);
        Assert.Contains("its units have more very slow calls than where it does not", standing.Reason, StringComparison.Ordinal);
        Assert.Equal(3, standing.Metrics.Length);
        Assert.True(standing.Failures.HarmThreshold > standing.Failures.NoHarmThreshold + 1, "any of three metrics convicts: each with its third of the error");

        // Proven by failures and the slowest calls, and not yet by the median: half of its minutes are over it, and 1.2 is a small ratio.
        var open = calm.Conclude(s_allRan);
        Assert.Equal(ProbationVerdict.Undecided, open.Verdict);
        Assert.StartsWith("median time: ", Assert.Single(open.Missing), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3, 5 * 60, ProbationVerdict.Suspect)]
    [InlineData(1, 24 * 60, ProbationVerdict.Undecided)]
    public void What_fails_in_every_minute_is_suspect_within_hours_on_each_instance_and_not_in_a_day_on_one(int broken, int minutes, ProbationVerdict verdict)
    {
        var watch = new ChangeWatch(s_atOnce);
        for (var i = 0; i < minutes; i++)
        {
            watch.Add(s_noon.AddMinutes(i), Enumerable.Range(0, 6)
                .Select(one => new InstanceMinute($"{one}", one < 3 ? Side.Change : Side.Baseline, 100, one < broken ? 50 : 0))
                .ToLookup(_ => "production", StringComparer.Ordinal));
        }

        Assert.Equal(verdict, watch.Conclude(s_allRan).Verdict);
    }

    [Fact]
    public void What_is_slower_for_good_is_suspect_though_it_is_one_episode()
    {
        // Half of the calls were over the median before; now 56 of 100 are, in every minute of each instance.
        var watch = new ChangeWatch(s_atOnce, isTimed: true);
        var random = new Random(11);
        for (var i = 0; i < 360; i++)
        {
            watch.Add(s_noon.AddMinutes(i), Enumerable.Range(0, 6)
                .Select(one => new InstanceMinute($"{one}", one < 3 ? Side.Change : Side.Baseline, 100, 0)
                {
                    Timed = 100, OverMedian = (one < 3 ? 56 : 50) + random.Next(-8, 9), OverTail = 1,
                })
                .ToLookup(_ => "production", StringComparer.Ordinal));
        }

        var standing = watch.Conclude(s_allRan);
        Assert.Equal(ProbationVerdict.Suspect, standing.Verdict);
        Assert.Contains("its units are slower than where it does not", standing.Reason, StringComparison.Ordinal);
        Assert.Equal((360 * 3 * 100, 36), (standing.Times.Sum(point => point.Change.Timed), standing.Times.Length));
    }

    [Fact]
    public void Instances_that_are_slow_in_turns_of_half_an_hour_are_no_evidence_each_minute_anew()
    {
        var watch = new ChangeWatch(s_atOnce, isTimed: true);
        var random = new Random(7);
        var busy = new bool[10];
        var effects = new List<double?>();
        for (var i = 0; i < 3 * 1_440; i++)
        {
            watch.Add(s_noon.AddMinutes(i), Enumerable.Range(0, 10)
                .Select(one =>
                {
                    busy[one] ^= random.Next(30) == 0;
                    return new InstanceMinute($"{one}", one < 5 ? Side.Change : Side.Baseline, 100, 0) { Timed = 100, OverMedian = random.Next(4) < (busy[one] ? 3 : 1) ? 60 : 40 };
                })
                .ToLookup(_ => "production", StringComparer.Ordinal));
            if (i is 30 or (3 * 1_440) - 1)
            {
                effects.Add(watch.Conclude(s_allRan).Metrics[1].DesignEffect);
            }
        }

        // 1 + 2 Σ ρ = 1 + 2 · ¼ · 14: by theory 8 minutes count as one.
        Assert.Null(effects[0]);
        Assert.InRange(effects[1]!.Value, 6, 16);
    }

    [Fact]
    public void Instances_that_are_slow_together_are_no_more_evidence_of_usual_times_than_two()
    {
        var evidence = new[] { 2, 6 }.Select(instances =>
        {
            var watch = new ChangeWatch(s_atOnce, isTimed: true);
            var random = new Random(13);
            for (var i = 0; i < 10_000; i++)
            {
                var slow = random.Next(5) < 2 ? 60 : 40;
                watch.Add(s_noon.AddMinutes(i), Enumerable.Range(0, instances)
                    .Select(one => new InstanceMinute($"{one}", Side.Change, 100, 0) { Timed = 100, OverMedian = slow })
                    .ToLookup(_ => "production", StringComparer.Ordinal));
            }

            return watch.Conclude(s_allRan).Metrics[1];
        }).ToList();

        // The more of them there are the sooner it is known that they don't differ; from then on a minute counts once.
        Assert.All(evidence, metric => Assert.Equal(1, metric.DesignEffect));
        Assert.True(evidence[1].NoHarmLogE < evidence[0].NoHarmLogE * 1.2, $"{evidence[0].NoHarmLogE} by two, {evidence[1].NoHarmLogE} by six");
    }

    [Fact]
    public void By_the_median_one_instance_on_each_side_proves_nothing_and_the_standing_says_why()
    {
        var watch = new ChangeWatch(s_atOnce, isTimed: true);
        var random = new Random(9);
        for (var i = 0; i < 2_000; i++)
        {
            watch.Add(s_noon.AddMinutes(i), Timed(random, changeIsSlowOneIn: 30));
        }

        Assert.Contains("median time: how much its instances differ by themselves is not known: it takes some hours in which two or more run the same side by side", watch.Conclude(s_allRan).Missing);
    }

    [Theory]
    [InlineData(0, ProbationVerdict.Proven)]
    [InlineData(12, ProbationVerdict.Undecided)]
    public void With_nothing_to_compare_with_times_are_held_to_what_was_usual_before(int slower, ProbationVerdict verdict)
    {
        var watch = new ChangeWatch(s_atOnce, isTimed: true);
        var random = new Random(3);
        for (var i = 0; i < 3_000; i++)
        {
            watch.Add(s_noon.AddMinutes(i), Enumerable.Range(0, 2)
                .Select(one => new InstanceMinute($"{one}", Side.Change, 100, 0) { Timed = 100, OverMedian = 49 + slower + random.Next(-10, 11), OverTail = random.Next(3) })
                .ToLookup(_ => "production", StringComparer.Ordinal));
        }

        var standing = watch.Conclude(s_allRan);
        Assert.Equal((verdict, EvidenceGrade.Absolute), (standing.Verdict, standing.Grade));
        Assert.Equal(verdict == ProbationVerdict.Undecided, standing.Missing.Any(missing => missing.StartsWith("median time: nothing to compare with", StringComparison.Ordinal)));
    }

    [Fact]
    public void What_only_the_change_brought_runs_and_is_compared_with_nothing()
    {
        var watch = new ChangeWatch(s_atOnce);
        for (var i = 0; i < 300; i++)
        {
            watch.Add(s_noon.AddMinutes(i), new[]
            {
                new InstanceMinute("c", Side.Change, 100, IsBad(i, Side.Change, 20) ? 1 : 0), new InstanceMinute("c", Side.Alone, 900, 1), new InstanceMinute("b", Side.Baseline, 100, IsBad(i, Side.Baseline, 20) ? 1 : 0),
            }.ToLookup(_ => "production", StringComparer.Ordinal));
        }

        var standing = watch.Conclude(s_allRan);
        Assert.Equal((300 * 1_000, EvidenceGrade.Concurrent), (standing.Calls, standing.Grade));
        Assert.NotEqual(ProbationVerdict.Suspect, standing.Verdict);
        Assert.InRange(standing.Failures.Judged.Total.Change.Calls, 280, 300);
    }

    [Fact]
    public void Spans_of_slow_calls_grow_with_the_time_that_is_watched_and_lose_none()
    {
        var watch = new ChangeWatch(s_atOnce, isTimed: true);
        for (var i = 0; i < 5_000; i++)
        {
            watch.Add(s_noon.AddMinutes(i), new[] { new InstanceMinute("c", Side.Change, 1, 0) { Timed = 4, OverMedian = 2, OverTail = 1 } }.ToLookup(_ => "production", StringComparer.Ordinal));
        }

        var times = watch.Conclude(s_allRan).Times;
        Assert.InRange(times.Length, 100, 200);
        Assert.Equal(new SlowCalls(20_000, 10_000, 5_000), times.Aggregate(default(SlowCalls), (sum, point) => sum + point.Change));
        Assert.Equal(times.OrderBy(point => point.At), times);
    }

    [Fact]
    public void Traffic_that_is_not_split_as_configured_blocks_any_verdict()
    {
        var watch = new ChangeWatch(s_atOnce);
        Watch(watch, minutes: 300, (i, side) => i % (side == Side.Change ? 4 : 40) == 0, Side.Change, Side.Baseline);
        var standing = watch.Conclude(s_allRan, "traffic is split in another way than configured");
        Assert.Equal((ProbationVerdict.Undecided, 0.0), (standing.Verdict, standing.LogOfHarm));
        Assert.Contains("traffic is split in another way than configured", standing.Missing);
    }

    private static ILookup<string, InstanceMinute> Timed(Random random, int changeIsSlowOneIn) => new[]
    {
        Timed(random, "c", Side.Change, changeIsSlowOneIn), Timed(random, "b", Side.Baseline, 30),
    }.ToLookup(_ => "production", StringComparer.Ordinal);

    private static InstanceMinute Timed(Random random, string instance, Side side, int slowOneIn) => new(instance, side, 100, random.Next(30) == 0 ? 1 : 0)
    {
        Timed = 100, OverMedian = random.Next(2) == 0 ? 60 : 40, OverTail = random.Next(slowOneIn) == 0 ? 20 : 1,
    };

    private static void Watch(ChangeWatch watch, int minutes, Func<int, Side, bool> isBad, params Side[] sides) => Watch(watch, minutes, isBad, sides, from: 0);

    private static void Watch(ChangeWatch watch, int minutes, Func<int, Side, bool> isBad, Side[] sides, int from)
    {
        for (var i = from; i < from + minutes; i++)
        {
            watch.Add(s_noon.AddMinutes(i), Minute([.. sides.Select(side => (side, isBad(i, side)))]));
        }
    }

    /// <summary>Scattered, the same in every run.</summary>
    private static bool IsBad(int minute, Side side, int oneIn) => new Random((minute * 31) + (int)side).Next(oneIn) == 0;

    /// <summary>The change on one instance, the version without it on another; control units stand beside what there is.</summary>
    private static ILookup<string, InstanceMinute> Minute(params (Side Side, bool IsBad)[] sides) => sides
        .Select(one => new InstanceMinute(
            one.Side == Side.Baseline || (one.Side == Side.Control && sides.All(other => other.Side != Side.Change)) ? "b" : "c", one.Side, 100, one.IsBad ? 1 : 0))
        .ToLookup(_ => "production", StringComparer.Ordinal);
}
