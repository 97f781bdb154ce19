using Airworthy.Trials;
using Airworthy.TrialWorker.Schedules;
using CsCheck;
using Xunit;

namespace Airworthy.Tests.Trials.Schedules;

/// <summary>Schedules as text.</summary>
public sealed class ScheduleTests
{
    [Fact]
    public void A_schedule_is_read_as_it_was_written() =>
        Gen.Select(Gen.Int[0, 25], Gen.Int[1, 100_000]).List[0, 50].Sample(runs => Schedule.Read(new Schedule(runs).ToString())!.Runs.SequenceEqual(runs));

    [Fact]
    public void What_is_no_schedule_is_refused() =>
        Gen.String[Gen.Char["abz019-. A"], 0, 12].Sample(text => Schedule.Read(text) is not { } read || read.ToString().Length <= text.Length);

    [Theory]
    [InlineData("a0")]
    [InlineData("a")]
    [InlineData("5")]
    [InlineData("A5")]
    [InlineData("a5b")]
    [InlineData("a99999999999")]
    public void A_run_is_a_letter_and_its_steps(string text) => Assert.Null(Schedule.Read(text));

    [Fact]
    public void A_word_is_of_one_member_alone()
    {
        var word = new ScheduleWord("AAAA", "a5b3").Of("M:Code.Stock.Take");
        Assert.True(ScheduleWord.IsOf(word, "M:Code.Stock.Take"));
        Assert.False(ScheduleWord.IsOf(word, "M:Code.Stock.Put"));
        Assert.Equal(new ScheduleWord("AAAA", "a5b3"), ScheduleWord.Read(word));
        Assert.Null(ScheduleWord.Read("c1.x.y.z"));
    }
}
