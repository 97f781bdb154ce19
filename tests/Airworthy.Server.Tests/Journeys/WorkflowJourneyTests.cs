using System.Diagnostics;
using Airworthy.Journeys.Workflows;
using Airworthy.Policies;
using Airworthy.Testing;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Xunit;

namespace Airworthy.Server.Tests.Journeys;

/// <summary>Traces of a service and of its tests, sent by the stock SDK, and what the server says of the ways no test went.</summary>
public class WorkflowJourneyTests
{
    private const string Prices = "Shop.Prices.Total";
    private const string Coupons = "Shop.Coupons.Percent";

    [Fact]
    public async Task A_rare_way_through_critical_code_of_an_agent_comes_before_a_frequent_one_and_tested_ones_are_left_out()
    {
        using var shop = CriticalShop(out var head);
        await using var server = await ServerUnderTest.StartAsync(shop.Folder);
        Send(server, head, "production", 20, () => Serve("GET /prices", Prices));
        Send(server, head, "production", 9, () => Serve("GET /stock", "Shop.Stock.Left"));
        Send(server, head, "production", 2, () => Serve("POST /orders", Prices, Coupons));
        Send(server, head, "ci", 1, () => Serve("GET /prices", Prices));

        server.Time.Skip(TimeSpan.FromMinutes(1));
        var coverage = await server.GetOnceAsync<WorkflowCoverage>(
            "/api/workflows?service=shop", answer => answer is { ProductionTraces: 31, TestTraces: 1 } && answer.Workflows.Any(workflow => workflow.UnitLines > 0));

        Assert.Equal((3, 1, 20L, 2), (coverage.ProductionShapes, coverage.TestShapes, coverage.CoveredTraces, coverage.Untested));
        var (first, second) = (coverage.Workflows[0], coverage.Workflows[1]);
        Assert.Equal(("POST /orders", 2L, Criticality.High), (first.Steps[0].Name, first.Traces, first.Criticality));
        Assert.Equal(["money"], first.Areas);
        Assert.InRange(first.UnprovenLines, 1, first.UnitLines);
        Assert.Equal(["POST /orders", Coupons], first.NewSteps!.Select(step => step.Name));
        Assert.Equal(("GET /stock", 9L, (Criticality?)null), (second.Steps[0].Name, second.Traces, second.Criticality));

        var one = Assert.Single((await server.GetAsync<WorkflowMatches>($"/api/workflows/{first.Shape[..8]}")).Workflows);
        Assert.Equal((first.Shape, false), (one.Shape, one.IsTested));
        Assert.Empty((await server.GetAsync<WorkflowMatches>($"/api/workflows/{first.Shape}?service=till")).Workflows);
    }

    [Fact]
    public async Task Without_traces_of_tests_nothing_is_said_to_be_covered_or_not()
    {
        await using var server = await ServerUnderTest.StartAsync();
        Send(server, new string('0', 40), "production", 3, () => Serve("GET /prices", Prices));
        server.Time.Skip(TimeSpan.FromMinutes(1));

        var coverage = await server.GetOnceAsync<WorkflowCoverage>("/api/workflows?service=shop", answer => answer.ProductionTraces == 3);

        Assert.Null(coverage.CoveredTraces);
        Assert.Null(Assert.Single(coverage.Workflows).NearestTest);
        Assert.Equal(0, coverage.Workflows[0].UnitLines);
    }

    private static RepositoryBuilder CriticalShop(out string head)
    {
        var shop = Shop.Open();
        shop.Write("airworthy.yml", "version: 1\nservices: [shop]\ncritical:\n  - name: money\n    paths: [Coupons.cs]\n").Commit("Say what matters");
        head = Shop.Change(shop);
        return shop;
    }

    private static void Send(ServerUnderTest server, string head, string environment, int times, Action work)
    {
        using var provider = Sdk.CreateTracerProviderBuilder()
            .AddSource("workflows")
            .SetResourceBuilder(ResourceBuilder.CreateEmpty().AddService("shop")
                .AddAttributes([new("vcs.ref.head.revision", head), new("deployment.environment.name", environment)]))
            .AddOtlpExporter(exporter =>
            {
                exporter.Protocol = OtlpExportProtocol.HttpProtobuf;
                exporter.Endpoint = new Uri(server.Otlp.BaseAddress!, "v1/traces");
            })
            .Build();
        for (var i = 0; i < times; i++)
        {
            work();
        }
    }

    private static void Serve(string request, params string[] functions)
    {
        using var source = new ActivitySource("workflows");
        using var entry = source.StartActivity(request, ActivityKind.Server);
        entry!.SetTag("http.request.method", request.Split(' ')[0]).SetTag("http.route", request.Split(' ')[1]);
        foreach (var function in functions)
        {
            using var call = source.StartActivity(function);
            call!.SetTag("code.function.name", function);
        }
    }
}
