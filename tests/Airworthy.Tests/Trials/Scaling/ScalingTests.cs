using Airworthy.Trials.Running;
using Airworthy.TrialWorker.Scaling;
using Xunit;

namespace Airworthy.Tests.Trials.Scaling;

/// <summary>What grows faster is told, and what is only written otherwise is not.</summary>
public sealed class ScalingTests(GrownChange change) : IClassFixture<GrownChange>
{
    [Theory]
    [InlineData("Grown.Joined", DifferenceKind.Growth, "bytes grow as n^")]
    [InlineData("Grown.Known", DifferenceKind.Growth, "steps grow as n^2")]
    [InlineData("Grown.Unique", DifferenceKind.Growth, "steps grow as n^")]
    [InlineData("Grown.Pairs", DifferenceKind.Growth, "steps grow as n^2")]
    [InlineData("Grown.IsTrimmed", DifferenceKind.Backtracking, "a repeat from which the search begins anew")]
    [InlineData("Grown.IsList", DifferenceKind.Backtracking, "a repeat inside of a repeat")]
    public void What_grows_faster_than_it_did_is_told(string member, DifferenceKind kind, string how)
    {
        var result = change.Of(member);
        Assert.True(result.Differences.Any(difference => difference.Kind == kind && difference.Head.Contains(how, StringComparison.Ordinal)), $"{result.Status} {result.Reason} {string.Join('\n', result.Differences)}");
    }

    [Fact]
    public void What_is_only_written_otherwise_grows_as_it_did()
    {
        var results = change.Results.Where(result => change.Name(result).StartsWith("Alike.", StringComparison.Ordinal)).ToList();
        Assert.Equal(12, results.Count);
        Assert.All(results, result => Assert.True(result.Inputs > 0 && !result.Differences.Any(difference => difference.Kind != DifferenceKind.Allocation), $"{change.Name(result)}: {result.Status} {result.Reason} {string.Join('\n', result.Differences)}"));
    }

    [Theory]
    [InlineData(0, 0.0)]
    [InlineData(1, 1.0)]
    [InlineData(2, 2.0)]
    public void A_slope_is_the_exponent(int exponent, double slope) =>
        Assert.Equal(slope, Slope.Of([.. Enumerable.Range(4, 8).Select(k => (1 << k, Math.Pow(1 << k, exponent) * 5))])!.Value, 0.05);

    [Fact]
    public void Sorting_is_not_steep() => Assert.InRange(Slope.Of([.. Enumerable.Range(4, 8).Select(k => (1 << k, (double)(1 << k) * k))])!.Value, 1.0, 1.3);
}
