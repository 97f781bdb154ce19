using Airworthy.Model;
using Airworthy.Telemetry.Workflows;
using Airworthy.Tests.Telemetry;
using Xunit;

namespace Airworthy.Tests.Storage;

public class WorkflowStoreTests(PostgresCluster cluster)
{
    private static readonly WorkflowStep s_entry = new(WorkflowStepKind.Entry, "GET /", "", null);
    private static readonly WorkflowStep s_unit = new(WorkflowStepKind.Unit, "Shop.Place", "", "src/Shop.cs");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Backend.Sqlite)]
    [InlineData(Backend.Postgres)]
    public async Task A_trace_split_over_requests_is_counted_once_also_after_a_restart(Backend backend)
    {
        await using var scratch = await ScratchStore.CreateAsync(backend, cluster);
        await AppendAsync(scratch, "a", Part("t1", s_entry), Part("t2", s_unit, s_entry));
        await scratch.ReopenAsync();
        await AppendAsync(scratch, "b", Part("t1", s_unit));
        Assert.Equal(0, await scratch.Store.Workflows.CloseAsync(Cancel));

        scratch.Time.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(2, await scratch.Store.Workflows.CloseAsync(Cancel));

        var count = Assert.Single(await scratch.Store.Workflows.CountsAsync("shop", Cancel));
        Assert.Equal((2L, "production", false), (count.Traces, count.Environment, count.IsTest));
        Assert.Equal([s_entry, s_unit], count.Shape.Steps);
        Assert.Equal([(count.Shape.Id, "shop")], await scratch.Store.Workflows.FindAsync(count.Shape.Id[..6], Cancel));
    }

    [Theory]
    [InlineData(Backend.Sqlite)]
    [InlineData(Backend.Postgres)]
    public async Task Spans_after_the_closing_are_late_and_no_second_shape(Backend backend)
    {
        await using var scratch = await ScratchStore.CreateAsync(backend, cluster);
        await AppendAsync(scratch, "a", Part("t1", s_entry));
        scratch.Time.Advance(TimeSpan.FromSeconds(31));
        await scratch.Store.Workflows.CloseAsync(Cancel);
        await AppendAsync(scratch, "b", Part("t1", s_unit), Part("t2", s_entry));
        scratch.Time.Advance(TimeSpan.FromSeconds(31));
        await scratch.Store.Workflows.CloseAsync(Cancel);

        Assert.Equal(2, Assert.Single(await scratch.Store.Workflows.CountsAsync("shop", Cancel)).Traces);
        Assert.Equal(new WorkflowOmissions(1, 0), await scratch.Store.Workflows.OmissionsAsync("shop", Cancel));
    }

    private static Task AppendAsync(ScratchStore scratch, string digest, params TraceSteps[] parts) =>
        scratch.Store.Telemetry.AppendAsync(Sent.Batch(digest) with { Traces = [.. parts] }, Cancel);

    private static TraceSteps Part(string trace, params WorkflowStep[] steps) =>
        new("shop", "production", Sent.Version, trace, IsTest: false, steps.Length, [.. steps]);
}
