using Airworthy.Model;
using Airworthy.Storage;
using Airworthy.Telemetry.Workflows;
using Airworthy.Testing;
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
        await AppendAsync(scratch, "a", Part(Id(1), s_entry), Part(Id(2), s_unit, s_entry));
        await scratch.ReopenAsync();
        await AppendAsync(scratch, "b", Part(Id(1), s_unit));
        Assert.Equal(0, await scratch.Store.Workflows.CloseAsync(Cancel));

        scratch.Time.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(2, await scratch.Store.Workflows.CloseAsync(Cancel));

        var count = Assert.Single(await scratch.Store.Workflows.CountsAsync("shop", Cancel));
        Assert.Equal((2L, "production", false), (count.Traces, count.Environment, count.IsTest));
        Assert.Equal([s_entry, s_unit], count.Shape.Steps);
        Assert.Equal([(count.Shape.Id, "shop")], await scratch.Store.Workflows.FindAsync(count.Shape.Id[..6], service: null, Cancel));
        Assert.Empty(await scratch.Store.Workflows.FindAsync(count.Shape.Id[..6], "till", Cancel));
    }

    [Theory]
    [InlineData(Backend.Sqlite)]
    [InlineData(Backend.Postgres)]
    public async Task Spans_after_the_closing_are_late_and_no_second_shape(Backend backend)
    {
        await using var scratch = await ScratchStore.CreateAsync(backend, cluster);
        await AppendAsync(scratch, "a", Part(Id(1), s_entry));
        scratch.Time.Advance(TimeSpan.FromSeconds(31));
        await scratch.Store.Workflows.CloseAsync(Cancel);
        await AppendAsync(scratch, "b", Part(Id(1), s_unit), Part(Id(2), s_entry));
        scratch.Time.Advance(TimeSpan.FromSeconds(31));
        await scratch.Store.Workflows.CloseAsync(Cancel);

        Assert.Equal(2, Assert.Single(await scratch.Store.Workflows.CountsAsync("shop", Cancel)).Traces);
        Assert.Equal(new WorkflowOmissions(1, 0), await scratch.Store.Workflows.OmissionsAsync("shop", Cancel));
    }

    [Theory]
    [InlineData(Backend.Sqlite)]
    [InlineData(Backend.Postgres)]
    public async Task A_trace_of_which_other_requests_left_spans_out_has_no_shape(Backend backend)
    {
        await using var scratch = await ScratchStore.CreateAsync(backend, cluster);
        var chosen = IdThatIs(chosen: true);
        var other = IdThatIs(chosen: false);
        await AppendAsync(scratch, "a", Part(chosen, s_entry), Part(other, s_entry));
        await scratch.Store.Telemetry.AppendAsync(
            Sent.Batch("b") with { Traces = new SentTraces([Part(chosen, s_unit)], 8, [("shop", 7)]) }, Cancel);
        await scratch.Store.Telemetry.AppendAsync(Sent.Batch("c") with { Traces = SentTraces.None with { OneIn = 2 } }, Cancel);

        scratch.Time.Advance(TimeSpan.FromSeconds(31));
        await scratch.Store.Workflows.CloseAsync(Cancel);

        var count = Assert.Single(await scratch.Store.Workflows.CountsAsync("shop", Cancel));
        Assert.Equal((1L, chosen), (count.Traces, count.Example));
        Assert.Equal(new WorkflowOmissions(0, 8), await scratch.Store.Workflows.OmissionsAsync("shop", Cancel));
    }

    [Fact]
    public async Task Shapes_beyond_the_bound_are_left_out_and_known_ones_still_counted()
    {
        await using var scratch = await ScratchStore.CreateAsync(Backend.Sqlite, cluster);
        await AppendAsync(scratch, "a", [.. Enumerable.Range(0, WorkflowStore.MaxShapes + 3).Select(i => Part($"{i:x32}", s_unit with { Name = $"Shop.M{i}" }))]);
        scratch.Time.Advance(TimeSpan.FromSeconds(31));
        await scratch.Store.Workflows.CloseAsync(Cancel);
        var known = await scratch.Store.Workflows.CountsAsync("shop", Cancel);
        await AppendAsync(scratch, "b", Part($"{-1:x32}", [.. known[0].Shape.Steps]));
        scratch.Time.Advance(TimeSpan.FromSeconds(31));
        await scratch.Store.Workflows.CloseAsync(Cancel);

        Assert.Equal(WorkflowStore.MaxShapes, known.Count);
        Assert.Equal(WorkflowStore.MaxShapes + 1, (await scratch.Store.Workflows.CountsAsync("shop", Cancel)).Sum(count => count.Traces));
        Assert.Equal(new WorkflowOmissions(0, 3), await scratch.Store.Workflows.OmissionsAsync("shop", Cancel));
    }

    /// <summary>An id of a trace that is, or is not, looked at when one in eight is.</summary>
    private static string IdThatIs(bool chosen) => Enumerable.Range(1, 1000).Select(i => $"{i:x32}").First(id => TraceChoice.Chooses(id, 8) == chosen);

    private static Task AppendAsync(ScratchStore scratch, string digest, params TraceSteps[] parts) =>
        scratch.Store.Telemetry.AppendAsync(Sent.Batch(digest) with { Traces = SentTraces.None with { Traces = [.. parts] } }, Cancel);

    private static string Id(int trace) => $"{trace:x32}";

    private static TraceSteps Part(string trace, params WorkflowStep[] steps) =>
        new("shop", "production", Sent.Version, trace, IsTest: false, steps.Length, [.. steps]);
}
