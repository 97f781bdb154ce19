using System.Globalization;
using System.Text;
using System.Text.Json;
using Xunit;

namespace Airworthy.Cli.Tests;

/// <summary><c>airworthy judge</c> and <c>airworthy plan</c> on one's own numbers.</summary>
public class JudgeVerbTests
{
    private const string Header = "interval,change_calls,change_bad,baseline_calls,baseline_bad\n";

    [Theory]
    [InlineData("proven", 0, 1, 1)]
    [InlineData("suspect", 1, 6, 1)]
    public async Task A_change_is_judged_by_counts_in_intervals(string verdict, int exit, int changeBad, int baselineBad)
    {
        var run = await JudgeAsync(Strata(100, changeBad, baselineBad), "--format", "json");

        Assert.Equal((exit, ""), (run.Exit, run.Error));
        var answer = JsonDocument.Parse(run.Out).RootElement;
        Assert.Equal(verdict, answer.GetProperty("verdict").GetString());
        Assert.StartsWith("minute ", answer.GetProperty("since").GetString(), StringComparison.Ordinal);
        Assert.Equal(4.6052, answer.GetProperty(verdict).GetProperty("threshold").GetDouble());
        Assert.True(answer.GetProperty(verdict).GetProperty("highestLogE").GetDouble() > 4.6052);
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("stillNeeded").GetProperty("proven").ValueKind);
    }

    [Fact]
    public async Task Too_little_is_undecided_and_says_what_is_needed()
    {
        var run = await JudgeAsync(Strata(5, 1, 1));
        var json = JsonDocument.Parse((await JudgeAsync(Strata(5, 1, 1), "--format", "json")).Out).RootElement;

        Assert.Equal(2, run.Exit);
        Assert.StartsWith("undecided\n", run.Out, StringComparison.Ordinal);
        Assert.Contains("until proven, if it does no harm: ", run.Out, StringComparison.Ordinal);
        var needed = json.GetProperty("stillNeeded").GetProperty("proven");
        Assert.InRange(needed.GetProperty("episodes90").GetInt64(), 100, 160);
        Assert.Equal(needed.GetProperty("episodes90").GetInt64() * 100, needed.GetProperty("changeCalls90").GetDouble(), 1.0);
    }

    [Fact]
    public async Task A_smaller_ratio_and_error_ask_for_more()
    {
        Assert.Equal(0, (await JudgeAsync(Strata(100, 1, 1))).Exit);
        Assert.Equal(2, (await JudgeAsync(Strata(100, 1, 1), "--ratio", "1.2")).Exit);
        Assert.Equal(2, (await JudgeAsync(Strata(100, 1, 1), "--alpha", "0.0000000001")).Exit);
    }

    [Fact]
    public async Task A_ramp_over_a_drifting_base_rate_is_no_harm()
    {
        // The change gets 1 % to 50 % of the traffic while unrelated errors go from 0.1 to 0.4 %: pooled, it looks 60 % worse.
        var rows = Enumerable.Range(0, 200).Select(i =>
        {
            var (share, rate) = (0.01 + (0.49 * i / 200), 0.001 + (0.003 * i / 200));
            var (change, baseline) = (100_000 * share, 100_000 * (1 - share));
            return FormattableString.Invariant($"{i},{change:0},{change * rate:0},{baseline:0},{baseline * rate:0}\n");
        });

        var run = await JudgeAsync(Header + string.Concat(rows), "--format", "json");

        Assert.Equal(0, run.Exit);
        Assert.InRange(JsonDocument.Parse(run.Out).RootElement.GetProperty("suspect").GetProperty("highestLogE").GetDouble(), 0, 2);
    }

    [Fact]
    public async Task Bursts_are_told()
    {
        var rows = string.Concat(Enumerable.Range(0, 20).Select(i => i % 2 == 0 ? $"{i},1000,12,1000,0\n" : $"{i},1000,0,1000,12\n"));
        Assert.Contains("! failures come in bursts", (await JudgeAsync(Header + rows)).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Columns_may_stand_in_any_order_with_others_between_and_a_mark_of_order_before()
    {
        var run = await JudgeAsync("\uFEFFbaseline_bad,host,baseline_calls,change_bad,change_calls,interval\r\n\r\n2,\"a\",1000,1,500,\"12:00\"\r\n", "--format", "json");
        var seen = JsonDocument.Parse(run.Out).RootElement.GetProperty("seen");
        Assert.Equal((500L, 1L, 1000L, 2L), (Of("changeCalls"), Of("changeBad"), Of("baselineCalls"), Of("baselineBad")));

        long Of(string name) => seen.GetProperty(name).GetInt64();
    }

    [Theory]
    [InlineData("", "counts.csv:1: the file is empty; its first line must be interval,change_calls,change_bad,baseline_calls,baseline_bad")]
    [InlineData("a,b\n", "counts.csv:1: there is no column interval; the first line must be interval,change_calls,change_bad,baseline_calls,baseline_bad")]
    [InlineData("interval,interval,change_calls,change_bad,baseline_calls,baseline_bad\n", "counts.csv:1: the column interval is there twice")]
    [InlineData(Header + "1,10,11,10,0\n", "counts.csv:2: change_bad is 11 and change_calls is 10: no more can be bad than there are")]
    [InlineData(Header + "1,10,1,10,0\n2,10,-1,10,0\n", "counts.csv:3: change_bad is '-1': give a whole number from 0 to 1000000000000000")]
    [InlineData(Header + "1,NaN,1,10,0\n", "counts.csv:2: change_calls is 'NaN': give a whole number from 0 to 1000000000000000")]
    [InlineData(Header + "1,1e9,1,10,0\n", "counts.csv:2: change_calls is '1e9': give a whole number from 0 to 1000000000000000")]
    [InlineData(Header + "1,99999999999999999999,1,10,0\n", "counts.csv:2: change_calls is '99999999999999999999': give a whole number from 0 to 1000000000000000")]
    [InlineData(Header + "1,10\n", "counts.csv:2: there are 2 values where the header has more columns")]
    [InlineData(Header + "\"a,b\",10,1,10,0\n", "counts.csv:2: a quoted value holds a comma or a quote; none is needed here")]
    public async Task What_can_not_be_read_is_one_sentence_with_its_line(string text, string sentence)
    {
        var run = await JudgeAsync(text);
        Assert.Equal((65, $"airworthy: {sentence}", ""), (run.Exit, run.Error.Trim(), run.Out));
    }

    [Fact]
    public async Task A_file_that_is_no_text_or_not_there_is_one_sentence()
    {
        Assert.Equal("airworthy: counts.csv:1: the file is not text in UTF-8", (await JudgeAsync([0xFF, 0xFE, 0x00])).Error.Trim());
        Assert.Contains("the line is longer than 65536 characters", (await JudgeAsync(new string('x', 100_000))).Error, StringComparison.Ordinal);
        var none = await CliRun.InAsync(Path.GetTempPath(), "judge", "no-such.csv");
        Assert.Equal(65, none.Exit);
        Assert.StartsWith("airworthy: 'no-such.csv' can't be read: ", none.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a ratio of 1 can't be tested", "judge", "-", "--ratio", "1")]
    [InlineData("a ratio of NaN can't be tested", "judge", "-", "--ratio", "NaN")]
    [InlineData("an error of 0 can't be held", "judge", "-", "--alpha", "0")]
    [InlineData("--baseline 1 is not between 0 and 1", "plan", "--baseline", "1")]
    [InlineData("--share 0 is not between 0 and 1", "plan", "--baseline", "0.1", "--share", "0")]
    public async Task Terms_that_can_not_be_held_are_refused(string sentence, params string[] arguments)
    {
        var run = await CliRun.InAsync(Path.GetTempPath(), arguments);
        Assert.Equal(64, run.Exit);
        Assert.StartsWith($"airworthy: {sentence}", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_tells_what_it_will_take()
    {
        var run = await CliRun.InAsync(Path.GetTempPath(), "plan", "--baseline", "0.001", "--format", "json");
        var text = await CliRun.InAsync(Path.GetTempPath(), "plan", "--baseline", "0.001");

        // The figures of /docs/design/probation.md, found by independent simulation, of calls on each side.
        var plan = JsonDocument.Parse(run.Out).RootElement;
        Assert.InRange(Calls("suspect", "changeCallsMean"), 31_000 * 0.95, 31_000 * 1.05);
        Assert.InRange(Calls("suspect", "changeCalls90"), 58_000 * 0.95, 58_000 * 1.05);
        Assert.InRange(Calls("suspectFixedRatio", "changeCallsMean"), 27_800 * 0.95, 27_800 * 1.05);
        Assert.InRange(Calls("suspectFixedRatio", "changeCalls90"), 50_300 * 0.95, 50_300 * 1.05);
        Assert.Contains("proven, if it does none", text.Out, StringComparison.Ordinal);

        double Calls(string passage, string name) => plan.GetProperty(passage).GetProperty(name).GetDouble();
    }

    private static string Strata(int intervals, int changeBad, int baselineBad) => Header + string.Concat(
        Enumerable.Range(0, intervals).Select(i => string.Create(CultureInfo.InvariantCulture, $"minute {i},200,{changeBad},200,{baselineBad}\n")));

    private static Task<CliRun> JudgeAsync(string text, params string[] options) => JudgeAsync(Encoding.UTF8.GetBytes(text), options);

    private static async Task<CliRun> JudgeAsync(byte[] bytes, params string[] options)
    {
        var folder = Directory.CreateTempSubdirectory("airworthy-judge-");
        try
        {
            await File.WriteAllBytesAsync(Path.Combine(folder.FullName, "counts.csv"), bytes, TestContext.Current.CancellationToken);
            return await CliRun.InAsync(folder.FullName, ["judge", "counts.csv", .. options]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
