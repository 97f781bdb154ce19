using System.Net;
using Airworthy.Journeys.Releases;
using Airworthy.Model;
using CsCheck;
using Xunit;

namespace Airworthy.Server.Tests.Webhooks;

public class WebhookTests
{
    private const string Sha = "f95f852bd8fca8fcc58a9a2d6c842781e32a215e";
    private const string Secret = "a secret that GitHub knows";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_deployment_of_GitHub_counts_once_its_status_is_success_and_only_once()
    {
        await using var server = await ServerUnderTest.StartAsync();

        var created = await TextAsync(await server.CallAsync("/hooks/github", Calls.GitHubStatus(Sha), headers: [("X-GitHub-Event", "deployment")]));
        var pending = await TextAsync(await server.CallAsync("/hooks/github", Calls.GitHubStatus(Sha, "in_progress"), headers: [("X-GitHub-Event", "deployment_status")]));
        var done = await TextAsync(await server.CallAsync("/hooks/github", Calls.GitHubStatus(Sha), headers: [("X-GitHub-Event", "deployment_status")]));
        var again = await TextAsync(await server.CallAsync("/hooks/github", Calls.GitHubStatus(Sha), headers: [("X-GitHub-Event", "deployment_status")]));

        Assert.Contains("once its status is success", created, StringComparison.Ordinal);
        Assert.Contains("in_progress, not success", pending, StringComparison.Ordinal);
        Assert.Contains("\"releases\":1", done, StringComparison.Ordinal);
        Assert.Contains("\"releases\":0", again, StringComparison.Ordinal);
        var release = Assert.Single((await server.GetAsync<ReleaseList>("/api/releases?service=shop")).Releases);
        Assert.Equal(
            ("shop", "production", Sha, ReleaseKind.Deployed, "github"),
            (release.Service, release.Environment, release.Version, release.Kind, release.Source));
    }

    [Fact]
    public async Task With_a_secret_only_its_signature_opens_and_no_token_is_asked_for()
    {
        await using var server = await ServerUnderTest.StartAsync(options => options with
        {
            Token = "a token that GitHub does not know",
            WebhookSecrets = new Dictionary<string, string>(StringComparer.Ordinal) { ["github"] = Secret },
        });
        var body = Calls.GitHubStatus(Sha);

        using var right = await server.CallAsync("/hooks/github", body, headers: [("X-GitHub-Event", "deployment_status"), ("X-Hub-Signature-256", Calls.Sign(Secret, body))]);
        using var wrong = await server.CallAsync("/hooks/github", body + " ", headers: [("X-GitHub-Event", "deployment_status"), ("X-Hub-Signature-256", Calls.Sign(Secret, body))]);
        using var none = await server.CallAsync("/hooks/github", body, headers: [("X-GitHub-Event", "deployment_status")]);
        using var odd = await server.CallAsync("/hooks/github", body, headers: [("X-GitHub-Event", "deployment_status"), ("X-Hub-Signature-256", "sha256=" + new string('z', 64))]);
        using var other = await server.CallAsync("/hooks/cdevents", Calls.CdEvent("deployed", ""));

        Assert.Equal(HttpStatusCode.OK, right.StatusCode);
        Assert.Equal(
            [HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized],
            [wrong.StatusCode, none.StatusCode, odd.StatusCode, other.StatusCode]);
    }

    [Fact]
    public async Task A_flood_of_one_format_is_turned_away_and_another_format_still_heard()
    {
        await using var server = await ServerUnderTest.StartAsync();
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < Airworthy.Server.Webhooks.WebhookFlood.Burst + 100; i++)
        {
            using var answer = await server.CallAsync("/hooks/github", "{}", headers: [("X-GitHub-Event", "ping")]);
            answers.Add(answer.StatusCode);
        }

        using var other = await server.CallAsync("/hooks/cdevents", Calls.CdEvent("deployed", ""));

        Assert.Equal(HttpStatusCode.OK, answers[0]);
        Assert.Contains(HttpStatusCode.TooManyRequests, answers);
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Theory]
    [InlineData("deployed", "", ReleaseKind.Deployed, null)]
    [InlineData("upgraded", ",\"artifactId\":\"pkg:oci/shop@sha256%3A0b31?tag=1.4.0\"", ReleaseKind.Deployed, "1.4.0")]
    [InlineData("deployed", ",\"artifactId\":\"pkg:oci/shop@sha256%3A0b31?vcs_url=git%2Bhttps://example.org/shop.git%40" + Sha + "\"", ReleaseKind.Deployed, Sha)]
    [InlineData("deployed", ",\"artifactId\":\"pkg:golang/mygit.com/shop@234fd47e07d1004f0aed9c\"", ReleaseKind.Deployed, "234fd47e07d1004f0aed9c")]
    [InlineData("rolledback", ",\"artifactId\":\"pkg:nuget/shop@1.3.0\"", ReleaseKind.RolledBack, "1.3.0")]
    [InlineData("published", "", ReleaseKind.Published, null)]
    [InlineData("removed", "", ReleaseKind.Removed, null)]
    public async Task CDEvents_of_services_are_taken_in_every_form_of_CloudEvents(string predicate, string content, ReleaseKind kind, string? version)
    {
        await using var server = await ServerUnderTest.StartAsync();
        var data = Calls.CdEvent(predicate, content);
        var type = $"dev.cdevents.service.{predicate}.0.3.0";
        var structured = $$"""{"specversion":"1.0","id":"1","source":"/cd","type":"{{type}}","data":{{data}} }""";

        var answers = new[]
        {
            await TextAsync(await server.CallAsync("/hooks/cdevents", structured, "application/cloudevents+json")),
            await TextAsync(await server.CallAsync("/hooks/cdevents", $"[{structured}]", "application/cloudevents-batch+json")),
            await TextAsync(await server.CallAsync("/hooks/cdevents", data, headers: [("ce-specversion", "1.0"), ("ce-id", "1"), ("ce-source", "/cd"), ("ce-type", type)])),
            await TextAsync(await server.CallAsync("/hooks/cdevents", data)),
        };

        // Told four times, it is one release.
        Assert.Equal(1, answers.Count(answer => answer.Contains("\"releases\":1", StringComparison.Ordinal)));
        var release = Assert.Single((await server.GetAsync<ReleaseList>("/api/releases?service=shop")).Releases);
        Assert.Equal(("production", version, kind, "cdevents"), (release.Environment, release.Version, release.Kind, release.Source));
    }

    [Theory]
    [InlineData("/hooks/github", "{", "not JSON")]
    [InlineData("/hooks/github", "1", "not a JSON object")]
    [InlineData("/hooks/github", "{\"deployment_status\":{\"state\":\"success\"}}", "no deployment:")]
    [InlineData("/hooks/github", "{\"deployment_status\":{\"state\":\"success\",\"created_at\":\"3026-05-04T10:00:00Z\"},\"deployment\":{\"sha\":\"abc1234\"},\"repository\":{\"name\":\"a\"}}", "since 2000")]
    [InlineData("/hooks/cdevents", "{}", "no type")]
    [InlineData("/hooks/cdevents", "{\"\\ud800\":1}", "no type")]
    [InlineData("/hooks/cdevents", "{\"specversion\":\"1.0\",\"type\":\"dev.cdevents.service.deployed.0.3.0\",\"data_base64\":\"&\"}", "no data in JSON")]
    [InlineData("/hooks/cdevents", "{\"context\":{\"type\":\"dev.cdevents.service.deployed.0.3.0\"}}", "no subject")]
    public async Task What_is_not_of_its_format_is_refused_in_one_sentence(string path, string body, string told)
    {
        await using var server = await ServerUnderTest.StartAsync();

        using var answer = await server.CallAsync(path, body, headers: [("X-GitHub-Event", "deployment_status")]);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(told, await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whatever_is_sent_to_a_webhook_no_defect_comes_of_it()
    {
        await using var server = await ServerUnderTest.StartAsync();
        string[] words = ["{", "}", "[", "]", ",", ":", "\"type\"", "\"context\"", "\"subject\"", "\"data\"", "\"dev.cdevents.service.deployed.0.3.0\"", "\"deployment\"", "\"deployment_status\"", "\"state\"", "\"success\"", "null", "1e999", "\"\\ud800\"", "\"pkg:a@b?c=%&d\"", "\"artifactId\"", "\"content\""];
        await Gen.Select(Gen.Int[0, words.Length - 1].Select(i => words[i]).List[0, 12], Gen.Bool, (some, github) => (Body: string.Concat(some), Path: github ? "/hooks/github" : "/hooks/cdevents"))
            .SampleAsync(
                async call =>
                {
                    using var answer = await server.CallAsync(call.Path, call.Body, headers: [("X-GitHub-Event", "deployment_status")]);
                    Assert.True((int)answer.StatusCode < 500, call.Body);
                },
                iter: 300, threads: 1);
    }

    [Fact]
    public async Task A_format_nobody_knows_and_a_body_too_large_are_told()
    {
        await using var server = await ServerUnderTest.StartAsync();

        using var unknown = await server.CallAsync("/hooks/jenkins", "{}");
        // It waits to be told to go on, and is told that it need not.
        using var large = await server.CallAsync("/hooks/github", new string(' ', 5 * 1024 * 1024), headers: [("Expect", "100-continue")]);

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.RequestEntityTooLarge), (unknown.StatusCode, large.StatusCode));
    }

    private static async Task<string> TextAsync(HttpResponseMessage answer)
    {
        using (answer)
        {
            var text = await answer.Content.ReadAsStringAsync(Cancel);
            Assert.True(answer.IsSuccessStatusCode, text);
            return text;
        }
    }
}
