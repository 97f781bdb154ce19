using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Airworthy.Alerts;
using Airworthy.Journeys.Queries;
using Airworthy.Server.Alerts;
using Airworthy.Testing;
using Xunit;

namespace Airworthy.Server.Tests.Alerts;

public class WebhookTests(PostgresCluster cluster) : IClassFixture<PostgresCluster>
{
    private static readonly byte[] s_secret = "a secret of 32 bytes, or longer."u8.ToArray();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_happened_is_told_signed_and_told_again_until_it_arrived()
    {
        using var shop = Shop.Open();
        var after = Shop.Change(shop);
        await using var receiver = await WebhookReceiver.StartAsync(request => request == 1 ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.NoContent);
        await using var server = await StartAsync(shop, receiver, isSlack: false);
        var change = await DealtAsync(server, after);

        await DecideAsync(server, change, "suspect");
        await receiver.WaitAsync(1);
        server.Time.Skip(TimeSpan.FromMinutes(1));
        await receiver.WaitAsync(2);

        var (headers, body) = receiver.Received.Last();
        using var read = JsonDocument.Parse(body);
        Assert.Equal("application/cloudevents+json", headers["Content-Type"]);
        Assert.Equal(
            ("dev.airworthy.change.suspect", $"{change.Repository}/{change.Id}"),
            (read.RootElement.GetProperty("type").GetString(), read.RootElement.GetProperty("subject").GetString()));
        Assert.Equal("Read percentages of coupons", read.RootElement.GetProperty("data").GetProperty("title").GetString());
        Assert.Equal(read.RootElement.GetProperty("id").GetString(), headers["webhook-id"]);
        Assert.Equal(receiver.Received.First().Headers["webhook-id"], headers["webhook-id"]);
        var at = DateTimeOffset.FromUnixTimeSeconds(long.Parse(headers["webhook-timestamp"], CultureInfo.InvariantCulture));
        Assert.Equal(WebhookSignature.Of(s_secret, headers["webhook-id"], at, body), headers["webhook-signature"]);
        var told = await server.GetOnceAsync<JsonElement>("/api/webhooks", all => all.GetProperty("webhooks")[0].GetProperty("done").GetInt32() == 1);
        Assert.Equal(0, told.GetProperty("webhooks")[0].GetProperty("open").GetInt32());
    }

    [Fact]
    public async Task Slack_is_told_in_its_own_form_and_a_redirect_is_not_followed()
    {
        using var shop = Shop.Open();
        var after = Shop.Change(shop);
        await using var receiver = await WebhookReceiver.StartAsync(request => request == 1 ? HttpStatusCode.Redirect : HttpStatusCode.OK);
        await using var server = await StartAsync(shop, receiver, isSlack: true);
        var change = await DealtAsync(server, after);

        await DecideAsync(server, change, "withdrawn");
        var told = await server.GetOnceAsync<JsonElement>("/api/webhooks", all => all.GetProperty("webhooks")[0].GetProperty("lastError").ValueKind == JsonValueKind.String);

        Assert.Equal("answered 302", told.GetProperty("webhooks")[0].GetProperty("lastError").GetString());
        Assert.StartsWith("{\"text\":\"*withdrawn* ", Encoding.UTF8.GetString(receiver.Received.First().Body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_silenced_change_is_told_to_nobody_and_an_acknowledgement_is_shown()
    {
        using var shop = Shop.Open();
        var after = Shop.Change(shop);
        await using var receiver = await WebhookReceiver.StartAsync(_ => HttpStatusCode.OK);
        await using var server = await StartAsync(shop, receiver, isSlack: false);
        var change = await DealtAsync(server, after);
        using var silenced = await server.PostAsync(
            "/api/silences", $$"""{"subject":"{{change.Repository}}","by":"Ada","reason":"Maintenance","until":"{{server.Time.GetUtcNow().AddHours(1):O}}"}""");
        silenced.EnsureSuccessStatusCode();

        await DecideAsync(server, change, "suspect");
        await server.GetOnceAsync<JsonElement>("/api/webhooks", all => all.GetProperty("webhooks")[0].GetProperty("silenced").GetInt32() == 1);
        using var seen = await server.PostAsync($"/api/changes/{change.Repository}/{change.Id}/acknowledgements", """{"by":"Ada","reason":"I look at it"}""");
        seen.EnsureSuccessStatusCode();

        Assert.Empty(receiver.Received);
        Assert.Equal("Ada", (await server.GetAsync<ChangeDetail>($"/api/changes/{change.Repository}/{change.Id}")).Acknowledged!.By);
        using var wrong = await server.PostAsync($"/api/changes/{change.Repository}/nope/acknowledgements", """{"by":"Ada","reason":"x"}""");
        using var longer = await server.PostAsync("/api/silences", """{"subject":"shop","by":"Ada","reason":"x","until":"2090-01-01T00:00:00Z"}""");
        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (wrong.StatusCode, longer.StatusCode));
    }

    [Fact]
    public async Task Of_two_servers_on_one_database_one_tells_and_the_other_goes_on_when_it_stops()
    {
        using var shop = Shop.Open();
        var after = Shop.Change(shop);
        var hold = new TaskCompletionSource();
        await using var receiver = await WebhookReceiver.StartAsync(_ => HttpStatusCode.OK, hold.Task);
        var database = await cluster.CreateDatabaseAsync();
        var one = await StartAsync(shop, receiver, isSlack: false, database);
        var change = await DealtAsync(one, after);
        await using var two = await StartAsync(shop, receiver, isSlack: false, database);

        // While the first waits for its answer the other looks ten times.
        await DecideAsync(one, change, "suspect");
        await receiver.WaitAsync(1);
        using (var look = new PeriodicTimer(TimeSpan.FromMilliseconds(100)))
        {
            for (var i = 0; i < 10; i++)
            {
                await look.WaitForNextTickAsync(Cancel);
            }
        }

        Assert.Single(receiver.Received);
        hold.SetResult();
        await two.GetOnceAsync<JsonElement>("/api/webhooks", all => all.GetProperty("webhooks")[0].GetProperty("done").GetInt32() == 1);
        await one.DisposeAsync();
        await DecideAsync(two, change, "experimental");
        await receiver.WaitAsync(2);

        Assert.Equal(["dev.airworthy.change.suspect", "dev.airworthy.change.experimental"], receiver.Received.Select(told =>
        {
            using var body = JsonDocument.Parse(told.Body);
            return body.RootElement.GetProperty("type").GetString();
        }));
    }

    [Theory]
    [InlineData("127.0.0.1", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("172.31.0.1", false)]
    [InlineData("192.168.1.1", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("::1", false)]
    [InlineData("::ffff:127.0.0.1", false)]
    [InlineData("fd00::1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("8.8.8.8", true)]
    [InlineData("172.32.0.1", true)]
    [InlineData("2606:4700::1111", true)]
    public void Only_public_addresses_are_told_unless_the_operator_says_so(string address, bool isPublic) =>
        Assert.Equal(isPublic, PublicAddresses.Holds(IPAddress.Parse(address)));

    [Theory]
    [InlineData("""{"targets":[{"name":"a","url":"ftp://x","secretFile":"secret"}]}""", "'a': 'url' must be an https address")]
    [InlineData("""{"targets":[{"name":"a","url":"http://x","secretFile":"secret"}]}""", "an http address is only taken with \"allowPrivate\": true")]
    [InlineData("""{"targets":[{"name":"a","url":"https://x"}]}""", "'secretFile' is missing")]
    [InlineData("""{"targets":[{"name":"a","url":"https://x","secretFile":"short"}]}""", "has fewer than 16 bytes")]
    [InlineData("""{"targets":[{"name":"a","url":"https://x","secretFile":"none"}]}""", "can't be read")]
    [InlineData("""{"targets":[{"name":"a","url":"https://x","secretFile":"secret","types":["change.bad"]}]}""", "there is no type 'change.bad'; there are change.experimental")]
    [InlineData("""{"targets":[{"name":"a","url":"https://x","format":"slack"},{"name":"a","url":"https://y","format":"slack"}]}""", "the name 'a' is given twice")]
    [InlineData("""{"targets":[{"url":"https://x"}]}""", "each target needs a 'name'")]
    [InlineData("""{"targets":[{"name":"a","ulr":"https://x"}]}""", "ulr")]
    [InlineData("{", "can't be used")]
    public void A_file_that_can_not_be_used_is_told_in_a_sentence(string json, string sentence)
    {
        var folder = Directory.CreateTempSubdirectory("airworthy-webhooks-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "secret"), "whsec_" + Convert.ToBase64String(s_secret) + "\n");
            File.WriteAllText(Path.Combine(folder, "short"), "abc\n");
            File.WriteAllText(Path.Combine(folder, "webhooks.json"), json);
            Assert.Contains(sentence, Assert.Throws<ServerException>(() => WebhookTargets.Read(Path.Combine(folder, "webhooks.json"))).Message, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_good_file_is_read()
    {
        var folder = Directory.CreateTempSubdirectory("airworthy-webhooks-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "secret"), "whsec_" + Convert.ToBase64String(s_secret) + "\n");
            File.WriteAllText(Path.Combine(folder, "webhooks.json"), """{"targets":[{"name":"ops","url":"https://x.example/hook","secretFile":"secret","types":["change.suspect"]}]}""");
            var target = Assert.Single(WebhookTargets.Read(Path.Combine(folder, "webhooks.json")));
            Assert.Equal(s_secret, target.Secret);
            Assert.Equal(("ops", false, false), (target.Name, target.IsSlack, target.AllowPrivate));
            Assert.Equal(["change.suspect"], target.Types);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Task<ServerUnderTest> StartAsync(RepositoryBuilder shop, WebhookReceiver receiver, bool isSlack, string? database = null) => ServerUnderTest.StartAsync(options => options with
    {
        Database = database,
        Repositories = [shop.Folder],
        Webhooks = [new WebhookTarget("ops", receiver.Url, isSlack ? null : s_secret, isSlack, [], AllowPrivate: true)],
    });

    /// <summary>A change of a server that knows its webhook: it is told what happens from then on.</summary>
    private static async Task<ChangeSummary> DealtAsync(ServerUnderTest server, string sha)
    {
        await server.GetOnceAsync<JsonElement>("/api/webhooks", all => all.GetProperty("webhooks").GetArrayLength() == 1);
        return (await server.GetOnceAsync<ChangeList>("/api/changes", all => all.Changes.Any(change => change.Sha == sha))).Changes.First(change => change.Sha == sha);
    }

    private static async Task DecideAsync(ServerUnderTest server, ChangeSummary change, string state)
    {
        using var answer = await server.PostAsync($"/api/changes/{change.Repository}/{change.Id}/decisions", $$"""{"state":"{{state}}","by":"Ada","reason":"So it is"}""");
        answer.EnsureSuccessStatusCode();
    }
}
