using System.Collections.Immutable;
using Airworthy.Trials.Programs;
using CsCheck;
using Xunit;

namespace Airworthy.Tests.Trials.Programs;

/// <summary>In which order unusual ways of using a program are tried.</summary>
public class VariationPlanTests
{
    private static readonly ImmutableArray<Dimension> s_dimensions = [new("FLAGS", ["", "-a", "-b"]), new("LC_ALL", ["C", "tr_TR"]), new("folder", ["plain", "spaces"])];

    private static readonly Gen<ImmutableArray<Dimension>> s_any =
        Gen.Int[1, 4].Array[0, 4].Select(counts => counts.Select((count, at) => new Dimension($"D{at}", [.. Enumerable.Range(0, count).Select(value => $"{value}")])).ToImmutableArray());

    [Fact]
    public void The_ordinary_run_comes_first_then_each_value_alone() =>
        Assert.Equal(["", "FLAGS=-a", "FLAGS=-b", "LC_ALL=tr_TR", "folder=spaces"], VariationPlan.Of(s_dimensions, 1).Take(5).Select(variation => variation.ToString()));

    [Fact]
    public void Every_combination_of_a_small_scenario_is_tried_once() => s_any.Sample(dimensions =>
    {
        var all = VariationPlan.Of(dimensions, 7).Select(variation => string.Join(',', variation.Choice)).ToList();
        Assert.Equal(dimensions.Aggregate(1, (product, dimension) => product * dimension.Values.Length), all.Count);
        Assert.Equal(all.Count, all.Distinct(StringComparer.Ordinal).Count());
    });

    [Fact]
    public void The_same_seed_gives_the_same_order_and_another_gives_another()
    {
        var wide = Enumerable.Range(0, 8).Select(at => new Dimension($"D{at}", ["a", "b", "c", "d"])).ToImmutableArray();
        Assert.Equal(VariationPlan.Of(wide, 3).Take(200), VariationPlan.Of(wide, 3).Take(200));
        Assert.NotEqual(VariationPlan.Of(wide, 3).Take(200), VariationPlan.Of(wide, 4).Take(200));
    }

    [Fact]
    public void A_value_that_a_shell_would_read_is_shown_quoted() =>
        Assert.Equal("A='x y'\\''z'", (Variation.Ordinary([new Dimension("A", ["", "x y'z"])]) with { Choice = [1] }).ToString());

    [Fact]
    public void What_has_fewer_unusual_values_is_part_of_what_has_them_and_more()
    {
        var one = Variation.Ordinary(s_dimensions).With(0, 1);
        Assert.True(one.IsPartOf(one.With(1, 1)));
        Assert.False(one.With(1, 1).IsPartOf(one));
        Assert.False(one.IsPartOf(one.With(0, 2)));
    }
}
