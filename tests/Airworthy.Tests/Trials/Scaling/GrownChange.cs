using System.Collections.Immutable;
using Airworthy.Trials.Running;
using Xunit;

namespace Airworthy.Tests.Trials.Scaling;

/// <summary>One change of many members: some grow faster with their input than they did, others are only written otherwise.</summary>
public sealed class GrownChange : IAsyncLifetime
{
    private readonly TwoSides _sides = new() { Kinds = ["scaling"] };

    internal ImmutableArray<UnitResult> Results { get; private set; }

    public async ValueTask InitializeAsync() => Results = await _sides.TryAsync([Case("base")], [Case("head")], 100_000, TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync()
    {
        _sides.Dispose();
        return ValueTask.CompletedTask;
    }

    private static string Case(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Trials", "Scaling", "Cases", name + ".cs"));

    internal UnitResult Of(string member) => Results.Single(result => Name(result).StartsWith(member + "(", StringComparison.Ordinal));

    internal string Name(UnitResult result) => _sides.Plan!.Units[result.Unit].Name;
}
