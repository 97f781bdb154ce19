using Airworthy.Journeys.Queries;
using Airworthy.Journeys.Releases;
using Airworthy.Model;
using Airworthy.Testing;
using Xunit;

namespace Airworthy.Server.Tests.Journeys;

/// <summary>A rollback says that a version was no good: what only it had becomes suspect.</summary>
public class RollbackJourneyTests
{
    private static readonly DateTimeOffset s_now = TimeProvider.System.GetUtcNow();

    private static string Deployed(string revision, int hoursAgo, bool rolledBack = false) =>
        $$"""{"service":"shop","revision":"{{revision}}","environment":"production","at":"{{s_now.AddHours(-hoursAgo):O}}","rolledBack":{{(rolledBack ? "true" : "false")}} }""";

    [Fact]
    public async Task The_changes_that_only_the_version_rolled_back_had_become_suspect()
    {
        using var repository = Shop.Open();
        var before = repository.Head;
        var first = Shop.Change(repository);
        var second = repository.Write("src/Shop/Later.cs", "class Later { }\n").Commit("Do it later\n\nCo-Authored-By: Claude <noreply@anthropic.com>\n");
        var third = repository.Write("src/Shop/Never.cs", "class Never { }\n").Commit("Not released\n\nCo-Authored-By: Claude <noreply@anthropic.com>\n");
        await using var server = await ServerUnderTest.StartAsync(repository.Folder);
        await server.GetOnceAsync<ChangeList>("/api/changes", list => list.Changes.Count >= 3);
        using var claimed = await server.PostAsync("/api/services/shop/claims", """{"repository":"repo"}""");
        claimed.EnsureSuccessStatusCode();

        foreach (var told in new[] { Deployed(first, 3), Deployed(second, 2), Deployed(first, 1, rolledBack: true) })
        {
            using var answer = await server.PostAsync("/api/deployments", told);
            answer.EnsureSuccessStatusCode();
        }

        var suspects = await server.GetOnceAsync<ChangeList>("/api/changes?state=suspect", list => list.Changes.Count > 0);
        var suspect = Assert.Single(suspects.Changes);
        Assert.Equal(second, suspect.Sha);
        var detail = await server.GetAsync<ChangeDetail>($"/api/changes/{suspect.Repository}/{suspect.Id}");
        Assert.Contains(
            $"Rolled back at {s_now.AddHours(-1):yyyy-MM-dd HH:mm}Z: shop in production went from {second[..12]} back to {first[..12]}; only this change was in the one and not in the other.",
            detail.Transitions.Select(step => step.Reason));
        Assert.NotEqual(before, third);
        var releases = (await server.GetAsync<ReleaseList>("/api/releases?service=shop")).Releases;
        Assert.Equal([ReleaseKind.RolledBack, ReleaseKind.Deployed, ReleaseKind.Deployed], releases.Select(release => release.Kind));
        Assert.Equal([first, second, first], releases.Select(release => release.Revision));
    }

    [Fact]
    public async Task A_rollback_to_a_commit_that_is_not_known_waits_and_nobody_is_suspect()
    {
        using var repository = Shop.Open();
        var change = Shop.Change(repository);
        await using var server = await ServerUnderTest.StartAsync(repository.Folder);
        await server.GetOnceAsync<ChangeList>("/api/changes", list => list.Changes.Count > 0);
        foreach (var told in new[] { Deployed(change, 3), Deployed(new string('a', 40), 1, rolledBack: true) })
        {
            using var answer = await server.PostAsync("/api/deployments", told);
            answer.EnsureSuccessStatusCode();
        }

        await server.SendOtlpAsync("/v1/traces", Shop.Failure(null, 1));
        await server.GetOnceAsync<IncidentList>("/api/incidents", list => list.Incidents.Count > 0);

        Assert.Empty((await server.GetAsync<ChangeList>("/api/changes?state=suspect")).Changes);
    }

    [Fact]
    public async Task A_version_that_only_telemetry_names_is_a_release_seen_first()
    {
        using var repository = Shop.Open();
        await using var server = await ServerUnderTest.StartAsync(repository.Folder);
        await server.SendOtlpAsync("/v1/traces", Shop.Failure(repository.Head, 1));

        var list = await server.GetOnceAsync<ReleaseList>("/api/releases?service=shop", releases => releases.Releases is [{ Revision: not null }]);

        var release = Assert.Single(list.Releases);
        Assert.Equal((ReleaseKind.FirstSeen, repository.Head, "telemetry"), (release.Kind, release.Revision, release.Source));
    }
}
