using System.Text;
using System.Text.Json;
using Airworthy.Alerts;
using Xunit;

namespace Airworthy.Tests.Alerts;

public class AlertFormsTests
{
    private static readonly Uri s_server = new("http://127.0.0.1:4320");
    private static readonly DateTimeOffset s_noon = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_happening_is_a_CloudEvent_that_keeps_its_id_at_each_try()
    {
        var happening = new Happening(7, "change.suspect", "shop/c1", s_noon, """{"repository":"shop","reason":"It fails."}""");
        using var read = JsonDocument.Parse(CloudEvent.Write(happening, s_server));
        var root = read.RootElement;
        Assert.Equal(
            ("1.0", "7", "http://127.0.0.1:4320/", "dev.airworthy.change.suspect", "shop/c1", "2026-05-04T12:00:00Z"),
            (Text("specversion"), Text("id"), Text("source"), Text("type"), Text("subject"), Text("time")));
        Assert.Equal("It fails.", root.GetProperty("data").GetProperty("reason").GetString());

        string? Text(string name) => root.GetProperty(name).GetString();
    }

    [Fact]
    public void In_Slack_a_hostile_title_mentions_nobody_and_links_nowhere()
    {
        var body = JsonSerializer.Serialize(new { title = "<!channel> <https://evil.example|click> *x* `y`", reason = "<@U1> & more" });
        using var read = JsonDocument.Parse(SlackMessage.Write(new Happening(7, "change.suspect", "shop/c1", s_noon, body), s_server));
        Assert.Equal(
            "*suspect* <http://127.0.0.1:4320/changes/shop/c1|shop/c1>: &lt;!channel&gt; &lt;https://evil.example¦click&gt; x 'y'\n&lt;@U1&gt; &amp; more",
            read.RootElement.GetProperty("text").GetString());
    }

    [Fact]
    public void A_signature_is_over_id_time_and_body() => Assert.Equal(
        // printf '%s' 'msg_1.1614265330.{"test": 2432232314}' | openssl dgst -sha256 -hmac 'a secret of 32 bytes, or longer' -binary | base64
        "v1,o4Laa+coRrCUezRpGA74hHN1PDKXSPyJr9D+dz4rUks=",
        WebhookSignature.Of("a secret of 32 bytes, or longer"u8.ToArray(), "msg_1", DateTimeOffset.FromUnixTimeSeconds(1614265330), Encoding.UTF8.GetBytes("""{"test": 2432232314}""")));

    [Fact]
    public void Tries_come_further_and_further_apart_and_never_more_than_about_an_hour()
    {
        var waits = Enumerable.Range(0, Delivery.MostAttempts).Select(i => new Delivery(new Happening(3, "x", "y", s_noon, "{}"), "ops", i).Wait).ToList();
        Assert.Equal(waits.Order(), waits);
        Assert.InRange(waits[0].TotalSeconds, 5, 6);
        Assert.InRange(waits[^1].TotalMinutes, 60, 66);
    }

    [Theory]
    [InlineData(10_000, 150, 1_000, 16, true)]
    [InlineData(10_000, 150, 1_000, 1, false)]
    [InlineData(10_000, 100, 1_000, 100, false)]
    [InlineData(4, 4, 4, 4, false)]
    [InlineData(0, 0, 0, 0, false)]
    public void A_budget_burns_too_fast_when_both_windows_say_so(long callsLong, long badLong, long callsShort, long badShort, bool tooFast) =>
        Assert.Equal(tooFast, BurnRate.IsTooFast((callsLong, badLong), (callsShort, badShort), target: 0.999, times: 14.4));
}
