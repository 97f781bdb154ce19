using Airworthy.Model;
using Airworthy.Telemetry.Protos;
using Airworthy.Telemetry.Reduction;
using Airworthy.Telemetry.Workflows;
using CsCheck;
using Xunit;
using static Airworthy.Telemetry.Protos.Span.Types;
using static Airworthy.Tests.Telemetry.OtlpRequests;

namespace Airworthy.Tests.Telemetry.Workflows;

public class WorkflowShapeTests
{
    [Fact]
    public void A_trace_is_reduced_to_its_entry_units_calls_culture_and_flags()
    {
        var steps = Steps(
            Span(SpanKind.Server, "POST", ("http.request.method", "POST"), ("http.route", "/orders/{id}"), ("http.response.status_code", 422), ("http.request.header.accept-language", "tr-tr,en;q=0.5"), ("order.gift", true)),
            Span(SpanKind.Internal, "place", ("code.function.name", "Shop.Orders.Place"), ("code.file.path", "/src/Orders.cs"), ("order.kind", "express"), ("order.id", 4711)).With(Exception()),
            Span(SpanKind.Client, "SELECT orders", ("db.system.name", "postgresql"), ("db.operation.name", "SELECT")),
            Span(SpanKind.Internal, "flag", ("code.function.name", "Shop.Flags.Of"), ("feature_flag.key", "fast"), ("feature_flag.result.variant", "on")));

        Assert.Equal(
            [
                "Entry POST /orders/{id} [order.gift=true status=4xx]",
                "Unit Shop.Flags.Of",
                "Unit Shop.Orders.Place [error=System.FormatException order.kind=express]",
                "Outward postgresql SELECT",
                "Culture tr-TR",
                "Flag fast=on",
            ],
            steps.Select(step => $"{step.Kind} {step.Display}"));
    }

    [Theory]
    [InlineData("/orders/4711", "/orders/{}")]
    [InlineData("GET /carts/3f2a-9c/items", "GET /carts/{}/items")]
    [InlineData("orders", "orders")]
    public void Ids_are_no_part_of_a_step(string name, string step) =>
        Assert.Equal(step, Assert.Single(Steps(Span(SpanKind.Server, name))).Name);

    [Theory]
    [InlineData("de", "de")]
    [InlineData("EN_us", "en-US")]
    [InlineData("zh-hant-tw;q=0.9, en", "zh-Hant-TW")]
    [InlineData("*", null)]
    [InlineData("<script>", null)]
    public void A_culture_is_written_in_one_way(string sent, string? culture) => Assert.Equal(culture, StepText.Culture(sent));

    [Fact]
    public void The_language_of_a_request_is_read_from_a_header_sent_as_a_list()
    {
        var span = Span(SpanKind.Server, "GET /", ("http.route", "/"));
        span.Attributes.Add(new KeyValue
        {
            Key = Google.Protobuf.ByteString.CopyFromUtf8("http.request.header.accept-language"),
            Value = new AnyValue { ArrayValue = new TextList { Values = { new TextItem { StringValue = Google.Protobuf.ByteString.CopyFromUtf8("pl-PL,en") } } } },
        });

        Assert.Equal("pl-PL", Steps(span)[^1].Name);
    }

    [Fact]
    public void Of_a_flood_whole_traces_are_left_out_and_their_spans_counted()
    {
        var choice = new TraceChoice(new Microsoft.Extensions.Time.Testing.FakeTimeProvider(Received));
        choice.Next(TraceChoice.MostBytes * 16);
        var spans = Enumerable.Range(0, 4_000).Select(i =>
        {
            var span = Span(SpanKind.Server, "GET /", ("http.route", "/"));
            span.TraceId = Google.Protobuf.ByteString.CopyFrom(Convert.FromHexString($"{(i / 2) + 1:x32}"));
            return span;
        });

        var sent = new Reducer(Received, choice).Reduce(Traces(Resource(), [.. spans])).Traces;

        Assert.Equal(32, sent.OneIn);
        Assert.All(sent.Traces, trace => Assert.Equal(2, trace.Spans));
        Assert.InRange(sent.Traces.Length, 1, 200);
        Assert.Equal(4_000 - (2 * sent.Traces.Length), Assert.Single(sent.SpansLeftOut).Spans);
    }

    [Fact]
    public void Order_and_repetition_of_steps_do_not_change_a_shape() =>
        Gen.Int[0, 20].Array[1, 30].Select(Gen.Int[0, 1000]).Sample((names, seed) =>
        {
            var steps = names.Select(name => new WorkflowStep((WorkflowStepKind)(name % 5), $"step {name}", name % 2 == 0 ? "" : "a=true", name % 3 == 0 ? null : "f.cs")).ToArray();
            var shuffled = steps.Concat(steps.Take(seed % (steps.Length + 1))).OrderBy(step => HashCode.Combine(step.Name, seed)).ToArray();
            Assert.Equal(WorkflowShape.Of(steps).Id, WorkflowShape.Of(shuffled).Id);
            Assert.Equal(WorkflowShape.Of(steps).Steps, WorkflowShape.Of(shuffled).Steps);
        });

    [Fact]
    public void Every_difference_in_steps_is_another_shape()
    {
        var step = new WorkflowStep(WorkflowStepKind.Unit, "A", "b=true", null);
        WorkflowStep[] all = [step, step with { Kind = WorkflowStepKind.Entry }, step with { Name = "A1" }, step with { Attributes = "" }];

        Assert.Equal(all.Length, all.Select(one => WorkflowShape.Of([one]).Id).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(WorkflowShape.Of([step]).Id, WorkflowShape.Of([step with { File = "/elsewhere.cs" }]).Id);
    }

    [Theory]
    [InlineData("test.case.name", false)]
    [InlineData("cicd.pipeline.run.id", true)]
    public void What_a_test_made_says_so(string attribute, bool onResource)
    {
        var span = onResource ? Span(SpanKind.Server, "a") : Span(SpanKind.Server, "a", (attribute, "x"));
        var resource = onResource ? Resource((attribute, "x")) : Resource();

        Assert.True(Assert.Single(new Reducer(Received).Reduce(Traces(resource, span)).Traces.Traces).IsTest);
        Assert.False(Assert.Single(new Reducer(Received).Reduce(Traces(Resource(), Span(SpanKind.Server, "a"))).Traces.Traces).IsTest);
    }

    private static IReadOnlyList<WorkflowStep> Steps(params Span[] spans) =>
        WorkflowShape.Of(Assert.Single(new Reducer(Received).Reduce(Traces(Resource(), spans)).Traces.Traces).Steps).Steps;
}
