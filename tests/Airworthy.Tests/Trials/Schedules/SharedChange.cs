using System.Collections.Immutable;
using Airworthy.Trials.Running;
using Xunit;

namespace Airworthy.Tests.Trials.Schedules;

/// <summary>One change of types that several threads use: each lost what kept the threads apart.</summary>
public sealed class SharedChange : IAsyncLifetime
{
    private readonly TwoSides _sides = new() { Kinds = ["concurrency"] };

    internal ImmutableArray<UnitResult> Results { get; private set; }

    public async ValueTask InitializeAsync() => Results = await _sides.TryAsync(Case("right"), Case("wrong"), 10_000, TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync()
    {
        _sides.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>A file of cases.</summary>
    internal static string Case(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Trials", "Schedules", "Cases", name + ".cs"));

    /// <summary>What was found of a member.</summary>
    internal UnitResult Of(string member) => Results.Single(result => Name(result).StartsWith(member, StringComparison.Ordinal));

    internal string Name(UnitResult result) => _sides.Plan!.Units[result.Unit].Name;

    /// <summary>What a schedule does when it is run again in a process of its own.</summary>
    internal async Task<UnitResult> AgainAsync(string schedule) => Assert.Single(await _sides.AgainAsync(schedule, TestContext.Current.CancellationToken));
}
