using Airworthy.Trials.Running;
using Xunit;

namespace Airworthy.Tests.Trials.Schedules;

/// <summary>Races that are known are found, told and run again; types that hold are left alone.</summary>
public sealed class ConcurrencyTests(SharedChange change) : IClassFixture<SharedChange>
{
    [Theory]
    [InlineData("Counter.Add", DifferenceKind.Race)]
    [InlineData("Stock.ReserveAsync", DifferenceKind.Race)]
    [InlineData("Pool.TryTake", DifferenceKind.Race)]
    [InlineData("Service.Get", DifferenceKind.Race)]
    [InlineData("Account.Pay", DifferenceKind.Deadlock)]
    [InlineData("Names.Find", DifferenceKind.Race)]
    public async Task A_known_race_is_found_and_its_schedule_does_the_same_again(string member, DifferenceKind kind)
    {
        var result = change.Of(member);
        Assert.True(result.Status == TrialStatus.Different, $"{result.Status} {result.Reason} after {result.Inputs}");
        var difference = Assert.Single(result.Differences);
        Assert.Equal(kind, difference.Kind);
        Assert.False(difference.IsAtBase);

        var again = Assert.Single((await change.AgainAsync(difference.Token)).Differences);
        Assert.Equal((difference.Kind, difference.Input, difference.Base, difference.Head), (again.Kind, again.Input, again.Base, again.Head));
    }

    [Fact]
    public void A_lost_update_is_told_by_its_calls_and_where_the_threads_stood()
    {
        var difference = Assert.Single(change.Of("Counter.Add").Differences);
        Assert.Contains("counter.Add(", difference.Input, StringComparison.Ordinal);
        Assert.Contains("‖", difference.Input, StringComparison.Ordinal);
        Assert.Contains("writes _count", difference.Head, StringComparison.Ordinal);
    }

    [Fact]
    public void A_deadlock_is_told_by_what_each_thread_waits_for() =>
        Assert.Contains("locks other._lock", Assert.Single(change.Of("Account.Pay").Differences).Head, StringComparison.Ordinal);

    [Fact]
    public async Task Types_that_hold_under_several_threads_are_left_alone()
    {
        string[] safe = ["Ticks", "Trays", "Few", "Cell", "Once", "Late", "Words", "Highest", "Book", "Copies", "Mail", "Gate"];
        using var sides = new TwoSides { Kinds = ["concurrency"] };
        var code = SharedChange.Case("safe");
        var results = await sides.TryAsync(code.Replace("@", "", StringComparison.Ordinal), code.Replace("@", ";", StringComparison.Ordinal), 200, TestContext.Current.CancellationToken);
        var names = results.ToDictionary(result => result, result => sides.Plan!.Units[result.Unit].Name);
        Assert.Equal(safe.Order(StringComparer.Ordinal), names.Values.Select(name => name.Split('.')[0]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        Assert.All(results, result => Assert.True(result.Status == TrialStatus.Same && result.Inputs > 100, $"{names[result]}: {result.Status} {result.Inputs} {result.Reason} {string.Join('\n', result.Differences)}"));
    }
}
