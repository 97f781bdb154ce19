using System.Collections.Immutable;
using Airworthy.Journeys.Trials;
using Airworthy.Model;
using Airworthy.Trials;
using Airworthy.Trials.Running;
using Xunit;

namespace Airworthy.Tests.Trials;

/// <summary>What a trial may say of a change, by what of it ran.</summary>
public sealed class TrialReportTests
{
    private static readonly CommitId s_commit = CommitId.Parse(new string('a', 40));

    [Fact]
    public void A_caller_that_does_the_same_is_no_evidence_of_what_changed() =>
        Assert.False(Report(Unit(TrialOrigin.Changed, inputs: 0), Unit(TrialOrigin.Caller, inputs: 5000)).HasEvidence);

    [Fact]
    public void A_changed_member_that_ran_is_evidence_and_what_did_not_is_counted()
    {
        var report = Report(Unit(TrialOrigin.Changed, inputs: 5000), Unit(TrialOrigin.New, inputs: 0), Unit(TrialOrigin.Caller, inputs: 0));
        Assert.True(report.HasEvidence);
        Assert.Equal(1, report.ChangesNotTried);
    }

    [Theory]
    [InlineData(TrialStatus.Noise, 5000)]
    [InlineData(TrialStatus.Untestable, 0)]
    public void A_member_that_could_not_be_held_against_its_base_was_not_tried_whatever_else_ran(TrialStatus status, long inputs)
    {
        var unit = Unit(TrialOrigin.Changed, inputs, status);
        unit = unit with { Kinds = [.. unit.Kinds, new UnitResult(0, TrialKinds.Properties, TrialStatus.Same, 100, 0, 0, null, [])] };
        Assert.False(Report(unit).HasEvidence);
        Assert.NotNull(unit.Reason);
    }

    [Fact]
    public void A_caller_agrees_only_where_inputs_led_it_to_the_change_and_it_came_back()
    {
        Assert.True(TriedUnit.CallersAgree([Unit(TrialOrigin.Changed, inputs: 5000), Unit(TrialOrigin.Caller, inputs: 5000)]));
        Assert.False(TriedUnit.CallersAgree([Unit(TrialOrigin.Changed, inputs: 5000), Unit(TrialOrigin.Caller, inputs: 5000), Unit(TrialOrigin.Caller, inputs: 11, TrialStatus.Crashed)]));
        var unled = Unit(TrialOrigin.Caller, inputs: 0);
        Assert.False(TriedUnit.CallersAgree([unled with { Kinds = [.. unled.Kinds, new UnitResult(0, TrialKinds.Properties, TrialStatus.Same, 100, 0, 0, null, [])] }]));
    }

    private static TrialReport Report(params ImmutableArray<TriedUnit> units) =>
        new(s_commit, s_commit, "namespaces", units, [], [.. units.Where(unit => !unit.IsTried).Select(unit => new NotTried(unit.Unit.Name, unit.Reason!) { IsChange = unit.IsChange })], []);

    private static TriedUnit Unit(TrialOrigin origin, long inputs, TrialStatus? status = null) => new(
        new TrialUnit("M:A.B", "A.B()", "A.cs", 1, 2, "M:A.B", "M:A.B", origin, null, null, LiteralPool.Empty),
        [new UnitResult(0, TrialKinds.Differential, status ?? (inputs > 0 ? TrialStatus.Same : TrialStatus.Untestable), inputs, 0, 0, inputs > 0 ? null : "its input could not be made", [])]);
}
