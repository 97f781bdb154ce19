using System.Net.Sockets;
using System.Text;
using Airworthy.Server.Otlp;
using Xunit;

namespace Airworthy.Server.Tests.Otlp;

public class SlowSenderTests
{
    [Fact]
    public async Task Who_sends_a_byte_at_a_time_is_told_that_it_takes_too_long_and_gives_its_place_back()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var host = await OtlpHost.StartAsync(new OtlpOptions { MaxReadTime = TimeSpan.FromMilliseconds(200), MaxConcurrentRequests = 1 });
        using var slow = new TcpClient();
        await slow.ConnectAsync(host.Http.BaseAddress!.Host, host.Http.BaseAddress.Port, cancel);
        var stream = slow.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes("POST /v1/traces HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"), cancel);

        var answer = await new StreamReader(stream).ReadToEndAsync(cancel);

        Assert.StartsWith("HTTP/1.1 408 ", answer, StringComparison.Ordinal);
        Assert.Contains("did not come in within 0.2 seconds", answer, StringComparison.Ordinal);
        using var next = await host.PostAsync("/v1/traces", Encoding.UTF8.GetBytes("{}"), "application/json");
        Assert.True(next.IsSuccessStatusCode);
    }
}
