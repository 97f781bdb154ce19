using System.Diagnostics;
using Airworthy.Testing;
using Xunit;

namespace Airworthy.Server.Tests.Health;

public class MetricsTests
{
    [Fact]
    public async Task Metrics_are_as_Prometheus_takes_them()
    {
        var (repository, culprit) = Shop.Build();
        using var shop = repository;
        await using var server = await ServerUnderTest.StartAsync(shop.Folder);
        await server.SendOtlpAsync("/v1/traces", Shop.Failure(culprit, trace: 1));
        await server.GetOnceAsync<Airworthy.Journeys.Queries.ChangeList>("/api/changes", list => list.Changes.Count > 0);

        var text = await ReadAsync(server, "text/plain");

        Assert.Contains("airworthy_repositories 1\n", text.Body, StringComparison.Ordinal);
        Assert.Contains("airworthy_changes{state=\"experimental\",authorship=\"ai\"} 1\n", text.Body, StringComparison.Ordinal);
        Assert.Contains("airworthy_telemetry_items_total{service=\"shop\",kind=\"span\"} 1\n", text.Body, StringComparison.Ordinal);
        Assert.Equal("text/plain", text.Type);
        Assert.Equal((0, ""), await CheckAsync(text.Body));
    }

    [Fact]
    public async Task Asked_for_OpenMetrics_they_end_as_it_demands()
    {
        await using var server = await ServerUnderTest.StartAsync();
        var (body, type) = await ReadAsync(server, "application/openmetrics-text; version=1.0.0, text/plain;q=0.5");

        Assert.Equal("application/openmetrics-text", type);
        Assert.EndsWith("# EOF\n", body, StringComparison.Ordinal);
        Assert.Contains("# TYPE airworthy_telemetry_items counter\n", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hostile_name_of_a_service_stays_a_label()
    {
        await using var server = await ServerUnderTest.StartAsync();
        await server.SendOtlpAsync(
            "/v1/traces",
            """{"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"a\"} 1\nairworthy_repositories 99 \\"}}]},"scopeSpans":[{"spans":[{"name":"x","kind":2}]}]}]}""");
        var (body, _) = await ReadAsync(server, "text/plain");

        Assert.DoesNotContain("\nairworthy_repositories 99", body, StringComparison.Ordinal);
        Assert.Equal((0, ""), await CheckAsync(body));
    }

    private static async Task<(string Body, string? Type)> ReadAsync(ServerUnderTest server, string accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/metrics", UriKind.Relative));
        request.Headers.Accept.ParseAdd(accept);
        using var answer = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), answer.Content.Headers.ContentType?.MediaType);
    }

    /// <summary>What Prometheus' own promtool says.</summary>
    private static async Task<(int Exit, string Said)> CheckAsync(string metrics)
    {
        using var promtool = Process.Start(new ProcessStartInfo("promtool", ["check", "metrics"]) { RedirectStandardInput = true, RedirectStandardError = true, UseShellExecute = false })!;
        await promtool.StandardInput.WriteAsync(metrics);
        promtool.StandardInput.Close();
        var said = await promtool.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await promtool.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (promtool.ExitCode, said);
    }
}
