using System.Net;
using System.Text.Json;
using Airworthy.Journeys.Queries;
using Airworthy.Model;
using Airworthy.Probation;
using Xunit;
using static Airworthy.Server.Tests.Journeys.ProbationShop;

namespace Airworthy.Server.Tests.Journeys;

/// <summary>What people and rollouts make of a verdict.</summary>
public class DecisionJourneyTests
{
    [Fact]
    public async Task What_a_person_decided_holds_until_its_day_and_only_later_evidence_speaks_against_it()
    {
        var (shop, before, after) = Shops();
        using var repository = shop;
        await using var server = await ServerUnderTest.StartAsync(shop.Folder);
        await SendAsync(server, before, after, hours: 6, everyMinutes: 1, beforeFails: 24, afterFails: 5);
        var suspect = (await ChangeAsync(server, after, change => change.Change.State == ChangeState.Suspect)).Change;
        var until = server.Time.GetUtcNow().AddDays(2);

        using var answer = await server.PostAsync(
            $"/api/changes/{suspect.Repository}/{suspect.Id}/decisions",
            $$"""{"state":"experimental","by":"Ada Lovelace","reason":"The network was down","until":"{{until:O}}"}""");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var decided = await ChangeAsync(server, after, change => change.Standing is { Calls: 0 });

        Assert.Equal(ChangeState.Experimental, decided.Change.State);
        Assert.Equal($"Ada Lovelace decided so until {until:yyyy-MM-dd}: The network was down", decided.Transitions[^1].Reason);

        server.Time.Skip(TimeSpan.FromDays(3));
        var expired = await ChangeAsync(server, after, change => change.Change.State == ChangeState.Suspect);
        Assert.Equal(
            ["The decision of Ada Lovelace has run out.", "Where it runs"],
            expired.Transitions.TakeLast(2).Select(step => step.Reason[..Math.Min(step.Reason.Length, step.To == ChangeState.Suspect ? 13 : 100)]));
    }

    [Theory]
    [InlineData("""{"state":"proven","by":"","reason":"x"}""", "'by' is missing: say the name of who decides")]
    [InlineData("""{"state":"proven","by":"Ada"}""", "")]
    [InlineData("""{"state":"proposed","by":"Ada","reason":"x"}""", "state must be experimental, proven, suspect or withdrawn")]
    [InlineData("""{"state":"proven","by":"Ada","reason":"x","until":"2020-01-01T00:00:00Z"}""", "a decision until 2020-01-01 can't be: give a day within the next year")]
    [InlineData("""{"state":"proven","by":"Ada","reason":"x","until":"2090-01-01T00:00:00Z"}""", "a decision until 2090-01-01 can't be: give a day within the next year")]
    [InlineData("""{"state":"proven","by":"Ada","reason":"x"}""", "there is no change nope in repository shop")]
    public async Task A_decision_that_can_not_be_is_refused_in_a_sentence(string request, string sentence)
    {
        await using var server = await ServerUnderTest.StartAsync();
        using var answer = await server.PostAsync("/api/changes/shop/nope/decisions", request);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(sentence, JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rollout_is_told_whether_a_change_in_its_revision_is_suspect()
    {
        var (shop, before, after) = Shops();
        using var repository = shop;
        await using var server = await ServerUnderTest.StartAsync(shop.Folder);
        await SendAsync(server, before, after, hours: 6, everyMinutes: 1, beforeFails: 24, afterFails: 5);
        var suspect = (await ChangeAsync(server, after, change => change.Change.State == ChangeState.Suspect)).Change;

        var old = await server.GetAsync<RolloutVerdict>($"/api/rollout?service=shop&revision={before}");
        var rolled = await server.GetAsync<RolloutVerdict>($"/api/rollout?service=shop&revision={after[..12]}");
        using var halted = await server.PostAsync("/api/rollout/flagger", Flagger(after));
        using var goesOn = await server.PostAsync("/api/rollout/flagger", Flagger(before));
        using var unknown = await server.PostAsync("/api/rollout/flagger", Flagger(new string('0', 40)));
        using var mute = await server.PostAsync("/api/rollout/flagger", """{"name":"shop","namespace":"prod","phase":"Progressing"}""");

        Assert.Equal((ProbationVerdict.Undecided, 0), (old.Verdict, old.Suspect.Count));
        Assert.Equal((ProbationVerdict.Suspect, $"{suspect.Repository}/{suspect.Id}"), (rolled.Verdict, Assert.Single(rolled.Suspect)));
        Assert.Equal(after, rolled.Revision);
        Assert.Equal(
            (HttpStatusCode.Conflict, HttpStatusCode.OK, HttpStatusCode.NotFound, HttpStatusCode.BadRequest),
            (halted.StatusCode, goesOn.StatusCode, unknown.StatusCode, mute.StatusCode));

        static string Flagger(string revision) =>
            $$$"""{"name":"shop","namespace":"prod","phase":"Progressing","checksum":"85d557f47b","metadata":{"revision":"{{{revision}}}"}}""";
    }
}
