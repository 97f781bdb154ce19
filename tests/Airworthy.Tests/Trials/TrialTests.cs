using Airworthy.Trials.Running;
using Xunit;

namespace Airworthy.Tests.Trials;

/// <summary>What a trial finds, and what it leaves alone.</summary>
public sealed class TrialTests(TriedChange change) : IClassFixture<TriedChange>
{
    [Fact]
    public void A_boundary_that_moved_falls_at_once_and_is_told_by_its_number()
    {
        var difference = Assert.Single(change.Of("Boundary").Differences);
        Assert.Equal("Things.Boundary(1734)", difference.Input);
        Assert.Equal("1", difference.Base);
        Assert.Equal("0", difference.Head);
    }

    [Theory]
    [InlineData("Total", DifferenceKind.Value)]
    [InlineData("Both", DifferenceKind.Value)]
    [InlineData("Magic", DifferenceKind.Value)]
    [InlineData("Later", DifferenceKind.Value)]
    [InlineData("Lazy", DifferenceKind.Value)]
    [InlineData("Sorted", DifferenceKind.Argument)]
    [InlineData("Out", DifferenceKind.Argument)]
    [InlineData("Add", DifferenceKind.State)]
    [InlineData("Deep", DifferenceKind.Crash)]
    [InlineData("Leaves", DifferenceKind.Crash)]
    [InlineData("Waits", DifferenceKind.Hang)]
    [InlineData("Hidden", DifferenceKind.Value)]
    [InlineData("Alike", DifferenceKind.Value)]
    public void What_differs_is_told_by_what_it_is(string member, DifferenceKind kind)
    {
        var result = change.Of(member);
        Assert.Equal(TrialStatus.Different, result.Status);
        Assert.Contains(result.Differences, difference => difference.Kind == kind);
    }

    [Fact]
    public void Inputs_are_made_as_small_as_they_go()
    {
        Assert.Equal("Things.Add(3)", change.Of("Add").Differences[0].Input.Replace("new Things().", "Things.", StringComparison.Ordinal));
        Assert.Matches(@"^Things\.Sorted\(new int\[\] \{ (1, 0|0, -1) \}\)$", change.Of("Sorted").Differences.Single(difference => difference.Kind == DifferenceKind.Argument).Input);
    }

    [Fact]
    public void Code_that_was_written_otherwise_and_does_the_same_is_no_difference()
    {
        var result = change.Of("Same");
        Assert.Equal(TrialStatus.Same, result.Status);
        Assert.InRange(result.Inputs, 1000, long.MaxValue);
    }

    [Theory]
    [InlineData("Evens")]
    [InlineData("Held")]
    public void An_iterator_that_the_compiler_names_and_fills_otherwise_is_no_difference(string member) => Assert.Equal(TrialStatus.Same, change.Of(member).Status);

    [Theory]
    [InlineData("CountOf", "Things.CountOf(Enumerable.Where(new int[] { 0 }, _ => true))")]
    [InlineData("AreaOf", "Things.AreaOf<IShape>(new Square(0d))")]
    [InlineData("Planned", "Things.Planned(PlanSteps.Use39(new PlanBuilder()).Build())")]
    [InlineData("Streamed", "Things.Streamed(AsyncEnumerable.ToAsyncEnumerable(new int[] { }))")]
    [InlineData("Stepped", "Things.Stepped(((IEnumerable<int>)new int[] { }).GetEnumerator())")]
    [InlineData("Rented", "Things.Rented(ArrayPool<int>.Create(), (byte)(0))")]
    public void What_code_asks_for_is_made(string member, string input) => Assert.Equal(input, change.Of(member).Differences[0].Input);

    [Fact]
    public void That_nothing_differs_where_no_input_ran_what_changed_is_no_evidence()
    {
        var result = change.Of("Rare");
        Assert.Equal(TrialStatus.Untestable, result.Status);
        Assert.Contains("reached what changed", result.Reason, StringComparison.Ordinal);
        Assert.Equal(0, result.Inputs);
    }

    [Fact]
    public void What_the_base_shows_against_itself_is_noise()
    {
        Assert.Empty(change.Of("Ticket").Differences);
        Assert.Equal(TrialStatus.Noise, change.Of("Ticket").Status);
    }

    [Fact]
    public void A_call_that_production_made_is_tried_as_it_was()
    {
        // What differs hangs on a text that nothing leads to.
        var difference = Assert.Single(change.Of("Known").Differences, one => one.IsRecorded);
        Assert.Equal("Things.Known(new Order(\"694b09ef\", 0, 0m), new int[] { }, DayOfWeek.Friday)", difference.Input);
    }

    [Fact]
    public void A_renamed_member_is_held_against_what_it_was() => Assert.NotEmpty(change.Of("Trimmed").Differences);

    [Fact]
    public void A_caller_is_tried_for_a_private_member_that_changed()
    {
        Assert.True(change.Holds("Caller"));
        Assert.Equal(TrialStatus.Different, change.Of("Caller").Status);
    }

    [Fact]
    public void What_makes_an_object_of_a_hidden_type_is_tried_for_its_members() => Assert.Equal(TrialStatus.Different, change.Of("Counting").Status);

    [Fact]
    public void A_generic_member_is_tried_with_references_too()
    {
        var difference = Assert.Single(change.Of("FirstOr").Differences);
        Assert.StartsWith("Things.FirstOr<string>(new string[] { (string)null }", difference.Input, StringComparison.Ordinal);
    }

    [Fact]
    public void A_member_of_a_generic_type_that_asks_more_of_its_types_is_tried_with_what_both_sides_take() =>
        Assert.StartsWith("Holder<string>.Told(", Assert.Single(change.Of("Holder.Told").Differences).Input, StringComparison.Ordinal);

    [Fact]
    public void A_member_that_did_not_change_is_not_tried() => Assert.False(change.Holds("get_Count"));

    [Fact]
    public void A_new_member_that_throws_what_a_defect_throws_is_told()
    {
        var difference = Assert.Single(change.Of("New", "robustness").Differences);
        Assert.Equal("Things.New(\"\")", difference.Input);
        Assert.Contains("IndexOutOfRange", difference.Head, StringComparison.Ordinal);
    }

    [Fact]
    public void A_new_member_whose_answer_depends_on_the_culture_is_told() =>
        Assert.Contains(change.Of("Parsed", "properties").Differences, difference => difference.Property.Contains("culture", StringComparison.Ordinal));

    [Theory]
    [InlineData("Grade.CompareTo", "an order", "as great as itself")]
    [InlineData("Key.GetHashCode", "equality", "have the same hash")]
    [InlineData("NormalizePath", "made itself", "(once)")]
    [InlineData("EncodeList", "counterpart", "by way of")]
    [InlineData("DecodeList", "counterpart", "by way of")]
    [InlineData("Named", "no null", "no null")]
    [InlineData("Stamp", "every time zone", "(UTC)")]
    public void What_a_name_or_shape_promises_and_the_head_alone_breaks_is_told(string member, string property, string promised)
    {
        var difference = Assert.Single(change.Of(member, "properties").Differences, one => one.Property.Contains(property, StringComparison.Ordinal));
        Assert.False(difference.IsAtBase);
        Assert.Contains(promised, difference.Base, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_base_breaks_too_is_no_finding_but_is_known()
    {
        var result = change.Of("TrimFirst", "properties");
        Assert.Equal(TrialStatus.Same, result.Status);
        Assert.True(Assert.Single(result.Differences, one => one.Property.Contains("made itself", StringComparison.Ordinal)).IsAtBase);
    }

    [Fact]
    public void A_test_holds_the_first_thing_that_differs()
    {
        var test = change.Of("Boundary").Differences[0].Test!;
        Assert.Equal("result", test.Actual);
        Assert.Equal("1", test.Expected);
        Assert.Equal("global::System.Linq.Enumerable.ToList(global::Code.Things.Lazy(argument1))", change.Of("Lazy").Differences[0].Test!.Act);
    }
}
