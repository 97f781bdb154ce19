using Airworthy.Probation;
using Xunit;

namespace Airworthy.Tests.Probation;

public class ChangeWatchTests
{
    private static readonly DateTimeOffset s_noon = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);
    private static readonly Dictionary<string, IReadOnlyList<int>> s_allRan = [];

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
        var watch = new ChangeWatch(new ProbationTerms(Days: 0, Instances: 1));
        Watch(watch, minutes: 1_000, (_, _) => false, withBaseline: false);
        var standing = watch.Conclude(s_allRan);
        Assert.Equal((ProbationVerdict.Proven, EvidenceGrade.Absolute), (standing.Verdict, standing.Grade));
        Assert.StartsWith("It failed in fewer than 1% of its instances' minutes, with nothing to compare with", standing.Reason.Replace(" %", "%", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void Statements_that_never_ran_keep_it_from_being_proven()
    {
        var watch = new ChangeWatch(new ProbationTerms(Days: 0, Instances: 1));
        Watch(watch, minutes: 1_000, (_, _) => false, withBaseline: false);

        Assert.Equal(["lines 7–9 of src/A.cs never ran"], watch.Conclude(new Dictionary<string, IReadOnlyList<int>> { ["src/A.cs"] = [7, 8, 9] }).Missing);
        Assert.Equal(["which of its statements ran: nothing tells, as no probe is in them"], watch.Conclude(null).Missing);
        Assert.Equal(ProbationVerdict.Undecided, watch.Conclude(null).Verdict);
    }

    [Fact]
    public void Once_suspect_it_stays_so_and_its_course_is_thinned_out()
    {
        var watch = new ChangeWatch(new ProbationTerms(Days: 0, Instances: 1));
        Watch(watch, minutes: 300, (i, change) => i % (change ? 4 : 40) == 0, withBaseline: true);
        Assert.Equal(ProbationVerdict.Suspect, watch.Conclude(s_allRan).Verdict);
        Watch(watch, minutes: 6_000, (i, change) => i % (change ? 40 : 8) == 0, withBaseline: true, from: 300);

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
        watch.Add(s_noon, Minute((true, 1)));
        watch.Add(s_noon.AddHours(1), Minute((true, 1)));
        Assert.Equal(2, watch.Conclude(s_allRan).Judged.Total.Change.Bad);
    }

    private static void Watch(ChangeWatch watch, int minutes, Func<int, bool, bool> isBad, bool withBaseline, int from = 0)
    {
        for (var i = from; i < from + minutes; i++)
        {
            watch.Add(s_noon.AddMinutes(i), withBaseline
                ? Minute((true, isBad(i, true) ? 1 : 0), (false, isBad(i, false) ? 1 : 0))
                : Minute((true, isBad(i, true) ? 1 : 0)));
        }
    }

    private static ILookup<string, InstanceMinute> Minute(params (bool HasChange, int Bad)[] instances) =>
        instances.ToLookup(_ => "production", one => new InstanceMinute(one.HasChange ? "c" : "b", one.HasChange, 100, one.Bad), StringComparer.Ordinal);
}
