using System.Net;
using Xunit;

namespace Airworthy.Server.Tests.Health;

public class HealthTests
{
    [Fact]
    public async Task A_server_lives_at_once_and_is_ready_once_its_repositories_are_read()
    {
        await using var server = await ServerUnderTest.StartAsync();

        Assert.Equal("ok\n", await server.Http.GetStringAsync(new Uri("/healthz", UriKind.Relative), TestContext.Current.CancellationToken));
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (await tick.WaitForNextTickAsync(TestContext.Current.CancellationToken))
        {
            using var answer = await server.Http.GetAsync(new Uri("/readyz", UriKind.Relative), TestContext.Current.CancellationToken);
            if (answer.StatusCode == HttpStatusCode.OK)
            {
                return;
            }

            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        }
    }
}
