using Airworthy.Journeys.Trials;
using Airworthy.Trials.Running;
using Xunit;

namespace Airworthy.Tests.Trials;

/// <summary>Code that is hard to call, or harms who calls it: tried where it can be, told where it can't, and never in the way of what stands beside it.</summary>
public sealed class OddCodeTests(OddChange change) : IClassFixture<OddChange>
{
    [Theory]
    [InlineData("Odd.Plain")]
    [InlineData("Odd.Within")]
    [InlineData("Odd.Endless")]
    [InlineData("Odd.Emitted")]
    [InlineData("Odd.Oblivious")]
    public void What_can_be_called_is_tried(string member)
    {
        var result = change.Of(member);
        Assert.Equal(TrialStatus.Different, result.Status);
        Assert.Contains(result.Differences, difference => difference.Kind == DifferenceKind.Value);
    }

    [Theory]
    [InlineData("Odd.Pointed", "it takes a pointer")]
    [InlineData("Odd.Begins", "it runs when its assembly is loaded")]
    [InlineData("Odd.Native", "it is code of another language")]
    public void What_can_not_be_called_is_told_with_its_reason(string member, string reason) => Assert.StartsWith(reason, change.Unit(member).Untestable, StringComparison.Ordinal);

    [Theory]
    [InlineData("Nobody.Of", TrialStatus.Untestable, "Nobody")]
    [InlineData("Stuck.Of", TrialStatus.Crashed, "the base does not come back on an input")]
    [InlineData("Odd.Never", TrialStatus.Crashed, "the base does not come back on an input")]
    public void What_no_object_is_made_for_or_never_comes_back_is_no_evidence(string member, TrialStatus status, string reason)
    {
        var result = change.Of(member);
        Assert.Equal((status, 0), (result.Status, result.Inputs));
        Assert.Contains(reason, result.Reason, StringComparison.Ordinal);
        Assert.False(new TriedUnit(change.Unit(member), [result]).IsTried);
    }

    [Fact]
    public void A_type_that_can_not_be_set_up_on_either_side_shows_no_difference() => Assert.Empty(change.Of("Broken.Of").Differences);

    [Fact]
    public void An_array_of_two_gigabytes_at_the_head_alone_is_a_difference_and_no_end()
    {
        var result = change.Of("Odd.Large");
        Assert.Contains(result.Differences, difference => difference.Input.Contains("200", StringComparison.Ordinal) && difference.Head.Contains("OutOfMemory", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Code_that_a_tool_wrote_and_the_repository_keeps_is_tried_too()
    {
        const string made = "#nullable enable\n[System.CodeDom.Compiler.GeneratedCode(\"tool\", \"1\")]\npublic static class Made { public static int Of(int n) { return n > 7 ? 1 : 0; } }";
        using var sides = new TwoSides { Kinds = ["differential"], Ending = ".g.cs" };
        var result = Assert.Single(await sides.TryAsync(made, made.Replace("> 7", ">= 7", StringComparison.Ordinal), 500, TestContext.Current.CancellationToken));
        Assert.Equal("Made.Of(7)", Assert.Single(result.Differences).Input);
    }
}
