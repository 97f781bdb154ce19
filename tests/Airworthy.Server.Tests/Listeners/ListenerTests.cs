using Airworthy.Model;
using Airworthy.Server.Listeners;
using Xunit;

namespace Airworthy.Server.Tests.Listeners;

public class ListenerTests
{
    [Theory]
    [InlineData("http://127.0.0.1:4320")]
    [InlineData("http://localhost:4320")]
    [InlineData("http://[::1]:4320")]
    public void This_machine_is_listened_to_without_a_token(string url)
    {
        var listener = Listener.Parse(ListenerRole.Http, url, hasToken: false);

        Assert.True(listener.IsLoopback);
        Assert.Equal(4320, listener.Port);
    }

    [Theory]
    [InlineData("http://0.0.0.0:4320")]
    [InlineData("http://*:4320")]
    [InlineData("http://[::]:4320")]
    [InlineData("http://192.0.2.7:4320")]
    public void Other_machines_are_listened_to_only_with_a_token(string url)
    {
        var refused = Assert.Throws<ServerException>(() => Listener.Parse(ListenerRole.OtlpGrpc, url, hasToken: false));

        Assert.Equal(Fault.Usage, refused.Fault);
        Assert.Contains("--otlp-grpc", refused.Message, StringComparison.Ordinal);
        Assert.Contains("--token-file", refused.Message, StringComparison.Ordinal);
        Assert.False(Listener.Parse(ListenerRole.OtlpGrpc, url, hasToken: true).IsLoopback);
    }

    [Theory]
    [InlineData("")]
    [InlineData("4320")]
    [InlineData("https://127.0.0.1:4320")]
    [InlineData("http://127.0.0.1:4320/below")]
    [InlineData("http://shop.example:4320")]
    [InlineData("http://unix:/tmp/socket")]
    public void What_is_no_plain_address_is_a_usage_error(string url) =>
        Assert.Equal(Fault.Usage, Assert.Throws<ServerException>(() => Listener.Parse(ListenerRole.Http, url, hasToken: true)).Fault);
}
