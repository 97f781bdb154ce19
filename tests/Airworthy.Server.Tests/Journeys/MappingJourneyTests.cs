using System.Net;
using Airworthy.Journeys.Queries;
using Airworthy.Testing;
using Xunit;

namespace Airworthy.Server.Tests.Journeys;

/// <summary>What telemetry means can be corrected after it came.</summary>
public class MappingJourneyTests
{
    [Fact]
    public async Task A_version_that_is_mapped_to_a_commit_counts_there_and_what_it_meant_before_is_shown()
    {
        using var repository = Shop.Open();
        var before = repository.Head;
        var after = Shop.Change(repository);
        await using var server = await ServerUnderTest.StartAsync(repository.Folder);
        await server.GetOnceAsync<ChangeList>("/api/changes", list => list.Changes.Count > 0);
        var telemetry = Shop.Failure(null, 1).Replace(
            "\"service.name\",\"value\":{\"stringValue\":\"shop\"}}", "\"service.name\",\"value\":{\"stringValue\":\"shop\"}},{\"key\":\"service.version\",\"value\":{\"stringValue\":\"build-7\"}}", StringComparison.Ordinal);
        await server.SendOtlpAsync("/v1/traces", telemetry);
        await server.GetOnceAsync<ServiceList>("/api/services", list => list.Services is [{ Claims: [{ Confirmed: true }, ..] }]);

        using var wrong = await server.PostAsync("/api/services/shop/mappings", $$"""{"version":"build-7","revision":"{{new string('a', 40)}}"}""");
        using var first = await server.PostAsync("/api/services/shop/mappings", $$"""{"version":"build-7","revision":"{{before}}"}""");
        Assert.Equal(before, await RevisionAsync(server));
        using var second = await server.PostAsync("/api/services/shop/mappings", $$"""{"version":"build-7","revision":"{{after[..12]}}"}""");

        Assert.Equal(after, await RevisionAsync(server));
        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.OK, HttpStatusCode.OK), (wrong.StatusCode, first.StatusCode, second.StatusCode));
        var service = Assert.Single((await server.GetAsync<ServiceList>("/api/services")).Services);
        Assert.Equal([(before, null), (after, before)], service.Mappings.Select(mapping => (mapping.Means, mapping.Before)));
        var evidence = await server.GetAsync<EvidenceAnswer>($"/api/evidence?service=shop&revision={after}");
        Assert.Equal(after, Assert.Single(evidence.Units).Revision);

        // The incident that had no answer gets one, from the commit that the version means now.
        var incident = await server.GetOnceAsync<IncidentList>("/api/incidents", list => list.Incidents is [{ Verdict: Airworthy.Model.AttributionVerdict.Attributed }]);
        Assert.Equal(after, incident.Incidents[0].Suspect!.Sha);
    }

    [Fact]
    public async Task Paths_of_a_build_machine_are_mapped_to_the_repositorys_folder()
    {
        using var repository = Shop.Open();
        Shop.Change(repository);
        // Of two files of that name nobody can tell which is meant.
        var after = repository.Write("lib/Coupons.cs", "class Other { }\n").Commit("Have another one");
        await using var server = await ServerUnderTest.StartAsync(repository.Folder);
        await server.SendOtlpAsync("/v1/traces", Shop.Failure(after, 1).Replace("/build/src/Shop/Coupons.cs", "/ci/7/Vouchers/Coupons.cs", StringComparison.Ordinal));
        await server.GetOnceAsync<EvidenceAnswer>("/api/evidence?service=shop", answer => answer.Units is [{ Revision: not null, Path: null }]);

        using var mapped = await server.PostAsync("/api/services/shop/mappings", """{"pathPrefix":"/ci/7/Vouchers","folder":"src/Shop"}""");

        Assert.Equal(HttpStatusCode.OK, mapped.StatusCode);
        var answer = await server.GetOnceAsync<EvidenceAnswer>("/api/evidence?service=shop", units => units.Units is [{ Path: "src/Shop/Coupons.cs" }]);
        Assert.Contains("Percent", answer.Units[0].Unit, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_incident_is_asked_again_by_the_paths_an_operator_named_and_its_earlier_answer_is_shown()
    {
        using var repository = Shop.Open();
        var culprit = Shop.Change(repository);
        var after = repository.Write("lib/Coupons.cs", "class Other { }\n").Commit("Have another one");
        await using var server = await ServerUnderTest.StartAsync(repository.Folder);
        // Before the repository is read the answer would be that the commit is not known yet.
        await server.GetOnceAsync<ChangeList>("/api/changes", list => list.Changes.Count > 0);
        await server.SendOtlpAsync("/v1/traces", Shop.Failure(after, 1).Replace("/build/src/Shop/Coupons.cs", "/ci/7/Vouchers/Coupons.cs", StringComparison.Ordinal));
        var first = (await server.GetOnceAsync<IncidentList>("/api/incidents", list => list.Incidents is [{ Verdict: not null }])).Incidents[0];

        using var mapped = await server.PostAsync("/api/services/shop/mappings", """{"pathPrefix":"/ci/7/Vouchers","folder":"src/Shop"}""");

        var incident = await server.GetOnceAsync<IncidentDetail>(
            $"/api/incidents/{first.Id}", detail => detail.Frames.Any(frame => frame is { Path: Shop.Coupons, Line: 10 }));
        Assert.Equal(culprit, incident.Suspects[0].Sha);
        var earlier = Assert.Single(incident.Earlier);
        Assert.Equal((first.Verdict, first.Reason, first.Suspect?.Sha), (earlier.Verdict, earlier.Reason, earlier.Suspect?.Sha));
        var page = await server.Http.GetStringAsync(new Uri($"/incidents/{first.Id}", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Contains("An earlier answer", page, StringComparison.Ordinal);
    }

    private static async Task<string?> RevisionAsync(ServerUnderTest server) =>
        (await server.GetAsync<ServiceList>("/api/services")).Services[0].Versions[0].Revision?.Sha;
}
