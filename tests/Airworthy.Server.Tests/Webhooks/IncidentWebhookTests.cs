using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Airworthy.Journeys.Queries;
using Airworthy.Model;
using CsCheck;
using Xunit;

namespace Airworthy.Server.Tests.Webhooks;

public class IncidentWebhookTests
{
    private const string Secret = "a secret of both";

    private static readonly string[] s_formats = ["alertmanager", "grafana", "pagerduty", "sentry", "opsgenie"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("alertmanager", "alertmanager.firing.json", "checkout", "HighErrorRate: checkout 5xx ratio above 5% for 5m")]
    [InlineData("pagerduty", "pagerduty-v3.incident.triggered.json", "My Mail Service", "The server is on fire.")]
    [InlineData("opsgenie", "opsgenie.create.json", "checkout", "Test alert from monitoring")]
    [InlineData("sentry", "sentry.issue.created.json", "front-end", "ReferenceError: blooopy is not defined")]
    [InlineData("grafana?service=memory", "grafana.webhook.json", "memory", "High memory usage: This alert was triggered for zone us-1")]
    public async Task What_a_source_really_sends_opens_an_incident_and_its_replay_changes_nothing(string format, string payload, string service, string title)
    {
        await using var server = await ServerUnderTest.StartAsync();
        var body = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Webhooks", "Payloads", payload), Cancel);

        using var first = await server.CallAsync($"/hooks/{format}", body);
        using var replay = await server.CallAsync($"/hooks/{format}", body);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (first.StatusCode, replay.StatusCode));
        var incident = Assert.Single((await server.GetAsync<IncidentList>("/api/incidents")).Incidents);
        Assert.Equal((service, title, 1L, IncidentStatus.Open), (incident.Service, incident.Title, incident.Episodes, incident.Status));
    }

    [Fact]
    public async Task What_is_resolved_ends_and_what_fires_again_comes_back()
    {
        await using var server = await ServerUnderTest.StartAsync();
        await server.CallAsync("/hooks/alertmanager", Alert("firing", "2026-05-04T10:00:00Z"));
        await server.CallAsync("/hooks/alertmanager", Alert("resolved", "2026-05-04T10:00:00Z", "2026-05-04T10:30:00Z"));
        var over = await OnlyAsync(server);
        Assert.Equal((IncidentStatus.Resolved, "alertmanager", 1L), (over.Status, over.Resolution, over.Episodes));

        await server.CallAsync("/hooks/alertmanager", Alert("firing", "2026-05-04T10:00:00Z"));
        Assert.Equal(IncidentStatus.Resolved, (await OnlyAsync(server)).Status);

        await server.CallAsync("/hooks/alertmanager", Alert("firing", "2026-05-05T08:00:00Z"));
        var back = await OnlyAsync(server);
        Assert.Equal((IncidentStatus.Open, 1L, 2L), (back.Status, back.Returns, back.Episodes));
    }

    [Fact]
    public async Task Each_source_that_signs_is_held_to_its_signature()
    {
        await using var server = await ServerUnderTest.StartAsync(options => options with
        {
            Token = "a token that no source knows",
            WebhookSecrets = new Dictionary<string, string>(StringComparer.Ordinal) { ["pagerduty"] = Secret, ["sentry"] = Secret },
        });
        var pager = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Webhooks", "Payloads", "pagerduty-v3.incident.triggered.json"), Cancel);
        var sentry = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Webhooks", "Payloads", "sentry.issue.created.json"), Cancel);
        var old = "v1=" + new string('0', 64);

        Assert.Equal(HttpStatusCode.OK, await StatusAsync("/hooks/pagerduty", pager, ("X-PagerDuty-Signature", $"{old}, v1={Sign(pager)}")));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("/hooks/pagerduty", pager, ("X-PagerDuty-Signature", old)));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("/hooks/pagerduty", pager + " ", ("X-PagerDuty-Signature", $"v1={Sign(pager)}")));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("/hooks/sentry", sentry, ("sentry-hook-signature", Sign(sentry))));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("/hooks/sentry", sentry));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("/hooks/alertmanager", Alert("firing", "2026-05-04T10:00:00Z")));

        async Task<HttpStatusCode> StatusAsync(string path, string body, params (string, string)[] headers)
        {
            using var answer = await server.CallAsync(path, body, headers: headers);
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task A_time_that_is_signed_must_be_now_and_what_was_caught_on_the_way_is_not_taken_later()
    {
        await using var server = await ServerUnderTest.StartAsync(options => options with
        {
            WebhookSecrets = new Dictionary<string, string>(StringComparer.Ordinal) { ["grafana"] = Secret },
        });
        var body = Alert("firing", "2026-05-04T10:00:00Z");
        var now = server.Time.GetUtcNow().ToUnixTimeSeconds();

        Assert.Equal((HttpStatusCode.OK, ""), await SendAsync(now, Sign($"{now}:{body}")));
        Assert.Equal((HttpStatusCode.OK, ""), await SendAsync(now, Sign($"{now}:{body}")));
        Assert.Equal(1, (await OnlyAsync(server)).Episodes);
        var (late, said) = await SendAsync(now - 301, Sign($"{now - 301}:{body}"));
        Assert.Equal(HttpStatusCode.Unauthorized, late);
        Assert.Contains("not within 5 minutes of now", said, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(now, Sign($"{now - 301}:{body}"))).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(null, Sign($"{now}:{body}"))).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(now, Sign(body))).Status);
        Assert.Equal((HttpStatusCode.OK, ""), await SendAsync(null, Sign(body)));

        async Task<(HttpStatusCode Status, string Said)> SendAsync(long? time, string signature)
        {
            using var answer = await server.CallAsync(
                "/hooks/grafana",
                body,
                headers: [("X-Grafana-Alerting-Signature", signature), .. time is { } seconds ? new[] { ("X-Grafana-Alerting-Signature-Timestamp", seconds.ToString(CultureInfo.InvariantCulture)) } : []]);
            return (answer.StatusCode, answer.IsSuccessStatusCode ? "" : await answer.Content.ReadAsStringAsync(Cancel));
        }
    }

    [Fact]
    public async Task Sentrys_stack_trace_is_the_incident_that_telemetry_knows()
    {
        await using var server = await ServerUnderTest.StartAsync();
        const string sentry = """
            {"action":"triggered","data":{"event":{"event_id":"e1","issue_id":"7","platform":"csharp","release":"shop@1.4.0+0b718ecca62e","datetime":"2026-05-04T10:00:00Z","exception":{"values":[
              {"type":"System.FormatException","value":"no","stacktrace":{"frames":[{"module":"Shop.Prices","function":"Total","abs_path":"/_/src/Prices.cs","lineno":5,"in_app":true},{"module":"Shop.Coupons","function":"Percent","abs_path":"/_/src/Coupons.cs","lineno":10,"in_app":true}]}}]}}}}
            """;
        await server.CallAsync("/hooks/sentry?service=shop", sentry);
        using var opened = await server.PostAsync("/api/incidents", """{"service":"shop","revision":"1.4.0","at":"2026-05-04T11:00:00Z","stack":"System.FormatException: other\n   at Shop.Coupons.Percent(String text) in C:\\build\\src\\Coupons.cs:line 12\n   at Shop.Prices.Total()"}""");

        Assert.Equal(HttpStatusCode.OK, opened.StatusCode);
        var incident = await OnlyAsync(server);
        Assert.Equal(("System.FormatException: no", 2L), (incident.Title, incident.Episodes));
    }

    [Fact]
    public async Task A_flood_of_one_alert_is_one_incident_and_too_many_in_one_call_are_refused()
    {
        await using var server = await ServerUnderTest.StartAsync();
        await Parallel.ForAsync(0, 100, Cancel, async (i, _) => (await server.CallAsync("/hooks/alertmanager", Alert("firing", "2026-05-04T10:00:00Z"))).Dispose());
        Assert.Equal(1, (await OnlyAsync(server)).Episodes);

        using var many = await server.CallAsync("/hooks/alertmanager", $$"""{"alerts":[{{string.Join(',', Enumerable.Repeat("{}", 1001))}}]}""");
        Assert.Equal(HttpStatusCode.BadRequest, many.StatusCode);
    }

    [Theory]
    [InlineData("""{"service":"shop"}""", "a stack trace or a symptom")]
    [InlineData("""{"service":" ","symptom":"slow"}""", "is missing: give the name it sends")]
    [InlineData("""{"service":"shop","symptom":"slow","at":"2199-01-01T00:00:00Z"}""", "ahead of now")]
    [InlineData("""{"service":"shop","stack":"it just broke"}""", "no stack trace is found in it")]
    public async Task A_report_that_tells_too_little_is_refused_in_a_sentence(string body, string told)
    {
        await using var server = await ServerUnderTest.StartAsync();
        using var answer = await server.PostAsync("/api/incidents", body);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(told, await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_body_breaks_a_reader()
    {
        await using var server = await ServerUnderTest.StartAsync();
        var value = Gen.OneOf("null", "1", "\"x\"", "[]", "{}", "[null]", "true", "1e999", "\"2026-05-04T10:00:00Z\"", "{\"labels\":1}", "[[\"environment\"]]");
        var member = Gen.Select(Gen.OneOf("alerts", "status", "action", "event", "data", "alert", "tags", "issue", "exception", "values", "stacktrace", "frames", "id", "service", "startsAt", "event_type"), value, (name, told) => $"\"{name}\":{told}");
        var level = member.Array[0, 5].Select(members => "{" + string.Join(',', members.DistinctBy(one => one.Split(':')[0])) + "}");
        var bodies = Gen.Select(level, level, (outer, inner) => outer.Length == 2 ? inner : outer[..^1].Replace("{}", inner, StringComparison.Ordinal) + "}").Array[60].Single(_ => true, seed: "0N0XIzNsQ0O2");
        foreach (var body in bodies)
        {
            foreach (var format in s_formats)
            {
                using var answer = await server.CallAsync($"/hooks/{format}", body);
                Assert.InRange((int)answer.StatusCode, 200, 499);
            }
        }
    }

    private static string Alert(string status, string began, string ended = "0001-01-01T00:00:00Z") =>
        $$"""{"version":"4","status":"{{status}}","alerts":[{"status":"{{status}}","labels":{"alertname":"Errors","service":"shop"},"annotations":{"summary":"too many errors"},"startsAt":"{{began}}","endsAt":"{{ended}}","fingerprint":"c6eadffa33fcdf37"}]}""";

    private static string Sign(string body) => Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes(body)));

    private static async Task<IncidentSummary> OnlyAsync(ServerUnderTest server) => Assert.Single((await server.GetAsync<IncidentList>("/api/incidents")).Incidents);
}
