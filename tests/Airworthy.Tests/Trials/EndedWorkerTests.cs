using Airworthy.Trials.Running;
using Xunit;

namespace Airworthy.Tests.Trials;

/// <summary>Code that ends whatever runs it.</summary>
public sealed class EndedWorkerTests
{
    [Fact]
    public async Task A_change_whose_only_member_ends_each_worker_is_told_and_the_trial_ends()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        using var sides = new TwoSides();
        var results = await sides.TryAsync(
            "public static class Fees { public static int Of(int cents) { return cents; } }",
            "public static class Fees { public static int Of(int cents) { if (cents > 1) { System.Environment.Exit(0); } return cents; } }",
            200,
            patience.Token);
        Assert.False(patience.IsCancellationRequested);
        Assert.Contains(results.SelectMany(result => result.Differences), one => one is { Kind: DifferenceKind.Crash, Head: "ends the process (exit code 0)" });
    }
}
