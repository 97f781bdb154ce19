using Airworthy.Journeys.Queries;
using Xunit;

namespace Airworthy.Server.Tests.Api;

public class ServicesApiTests
{
    [Fact]
    public async Task The_line_that_connects_a_service_names_the_port_this_server_listens_on()
    {
        await using var server = await ServerUnderTest.StartAsync();
        var shop = await server.GetAsync<ServiceDiagnosis>("/api/services/shop");

        var gap = Assert.Single(shop.Gaps);
        Assert.Contains($"OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:{server.OtlpGrpc.Port}", gap.Mend, StringComparison.Ordinal);
        Assert.Contains($"ENDPOINT=http://127.0.0.1:{server.OtlpGrpc.Port}", await server.Http.GetStringAsync(new Uri("/services", UriKind.Relative)), StringComparison.Ordinal);
    }
}
