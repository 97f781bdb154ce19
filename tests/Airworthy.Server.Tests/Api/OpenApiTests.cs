using System.Text.Json;
using Xunit;

namespace Airworthy.Server.Tests.Api;

public class OpenApiTests
{
    [Fact]
    public async Task Every_path_of_the_API_is_described()
    {
        await using var server = await ServerUnderTest.StartAsync();

        using var document = JsonDocument.Parse(
            await server.Http.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative), TestContext.Current.CancellationToken));

        Assert.Equal(
            [
                "/api/changes", "/api/changes/{repository}/{id}", "/api/changes/{repository}/{id}/acknowledgements", "/api/changes/{repository}/{id}/decisions",
                "/api/code", "/api/deployments", "/api/evidence", "/api/incidents", "/api/incidents/{id}", "/api/incidents/{id}/proof", "/api/lessons", "/api/lessons/{id}",
                "/api/overview", "/api/recordings/wanted", "/api/releases", "/api/repositories", "/api/rollout", "/api/rollout/flagger", "/api/services", "/api/services/{name}", "/api/services/{name}/claims", "/api/services/{name}/mappings",
                "/api/silences", "/api/webhooks", "/api/webhooks/{target}/retry", "/api/workflows", "/api/workflows/{shape}", "/hooks/{format}",
                "/ofrep/v1/configuration", "/ofrep/v1/evaluate/flags", "/ofrep/v1/evaluate/flags/{key}",
            ],
            document.RootElement.GetProperty("paths").EnumerateObject().Select(path => path.Name).Order(StringComparer.Ordinal));
    }
}
