using Airworthy.Code;
using Airworthy.Journeys.Intake;
using Airworthy.Model;
using Xunit;

namespace Airworthy.Tests.Journeys.Intake;

public class EchoFilterTests
{
    private const string Header = "System.Net.Http.HttpRequestException: Connection refused (127.0.0.1:9090)\n" +
        " ---> System.Net.Sockets.SocketException (111): Connection refused\n" +
        "   at System.Net.Sockets.Socket.ConnectAsync()\n" +
        "   --- End of inner exception stack trace ---\n" +
        "   at System.Net.Http.HttpConnectionPool.ConnectAsync()\n";

    private const string Caller = "   at Shop.Payments.PaymentClient.ChargeAsync(String id) in /src/PaymentClient.cs:line 15\n";

    private static readonly StackTrace s_early = StackTraces.Read(Header)!;
    private static readonly StackTrace s_whole = StackTraces.Read(Header + Caller)!;

    [Fact]
    public void An_exception_on_its_way_is_the_echo_of_where_it_ended_and_not_the_other_way_round()
    {
        Assert.True(EchoFilter.IsEcho(s_early, s_whole));
        Assert.False(EchoFilter.IsEcho(s_whole, s_early));
        Assert.False(EchoFilter.IsEcho(s_whole, s_whole));
    }

    [Fact]
    public void An_exception_that_was_wrapped_is_the_echo_of_what_wraps_it()
    {
        var wrapped = StackTraces.Read("Shop.PaymentFailed: no payment\n ---> " + Header + Caller +
            "   --- End of inner exception stack trace ---\n   at Shop.Orders.Place() in /src/Orders.cs:line 4\n")!;

        Assert.True(EchoFilter.IsEcho(s_early, wrapped));
        Assert.True(EchoFilter.IsEcho(s_whole, wrapped));
    }

    [Fact]
    public void Another_message_or_another_trace_is_another_failure()
    {
        var other = StackTraces.Read(Header.Replace("9090", "9191", StringComparison.Ordinal) + Caller)!;
        var filter = new EchoFilter();
        filter.Remember("trace-1", s_whole);

        Assert.False(EchoFilter.IsEcho(s_early, other));
        Assert.True(filter.IsEcho("trace-1", s_early));
        Assert.False(filter.IsEcho("trace-2", s_early));
    }

    [Fact]
    public void An_error_code_after_the_type_is_no_part_of_it() => Assert.Equal("System.Net.Sockets.SocketException", s_whole.Root.Type);
}
