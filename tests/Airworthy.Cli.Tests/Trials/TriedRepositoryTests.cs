using System.Text.Json;
using Xunit;

namespace Airworthy.Cli.Tests.Trials;

/// <summary><c>airworthy trial</c> of a change in a project with tests, with real builds in the real sandbox.</summary>
public sealed class TriedRepositoryTests(TriedRepository tried) : IClassFixture<TriedRepository>
{
    private JsonElement Kinds => tried.Answer.GetProperty("units")[0].GetProperty("kinds");

    [Fact]
    public async Task What_differs_is_told_and_proven_by_a_test()
    {
        Assert.True(tried.Run.Exit == 1, tried.Run.Error);
        var differential = Kinds.GetProperty("differential");
        var difference = differential.GetProperty("differences")[0];
        Assert.Equal("M:Pay.Fees.Of(System.Int32)", tried.Answer.GetProperty("units")[0].GetProperty("unit").GetString());
        Assert.Equal(("Fees.Of(5000)", "0", "250"), (difference.GetProperty("input").GetString(), difference.GetProperty("base").GetString(), difference.GetProperty("head").GetString()));
        Assert.InRange(differential.GetProperty("inputs").GetInt64(), 1000, 5000);
        Assert.Contains("Assert.Equal(0, result);", await File.ReadAllTextAsync(difference.GetProperty("test").GetString()!, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_no_test_notices_is_told_with_the_test_that_does()
    {
        var mutation = Kinds.GetProperty("mutation");
        var fates = mutation.GetProperty("mutants").EnumerateArray().CountBy(mutant => mutant.GetProperty("fate").GetString()!, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        Assert.Equal((3, 1), (fates["killed"], fates["survived"]));
        var gap = Assert.Single(mutation.GetProperty("differences").EnumerateArray());
        Assert.Equal(("Fees.Of(5000)", "250", "0"), (gap.GetProperty("input").GetString(), gap.GetProperty("base").GetString(), gap.GetProperty("head").GetString()));
        Assert.Contains("Assert.Equal(250, result);", await File.ReadAllTextAsync(gap.GetProperty("test").GetString()!, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_gate_takes_the_report_of_mutants()
    {
        Assert.NotEqual(0, (await CliRun.InAsync(tried.Folder, "gate", "--base", "HEAD^")).Exit);
        var gate = await CliRun.InAsync(tried.Folder, "gate", "--base", "HEAD^", "--mutation", "mutants.json");
        Assert.True(gate.Exit == 0, gate.Out + gate.Error);
    }
}
