using System.Net;
using Airworthy.Journeys.Queries;
using Airworthy.Model;
using Airworthy.Testing;
using Xunit;

namespace Airworthy.Server.Tests.Journeys;

public class ProvenIncidentTests
{
    [Fact]
    public async Task An_experiments_proof_goes_before_what_is_suspected()
    {
        var (repository, culprit) = Shop.Build();
        using var _ = repository;
        var first = repository.Git("rev-list", "--max-parents=0", "HEAD").Trim();
        await using var server = await ServerUnderTest.StartAsync(repository.Folder);
        await server.SendOtlpAsync("/v1/traces", Shop.Failure(repository.Head, trace: 1));
        var incident = (await server.GetOnceAsync<IncidentList>("/api/incidents", list => list.Incidents is [{ Verdict: not null }])).Incidents[0];
        Assert.Equal(culprit, incident.Suspect?.Sha);

        using var told = await server.PostAsync(
            $"/api/incidents/{incident.Id}/proof",
            $$"""{"commit":"{{repository.Head}}","good":"{{first}}","bad":"{{repository.Head}}","command":"./repro.sh","tested":3,"runs":3,"error":0}""");
        Assert.Equal(HttpStatusCode.NoContent, told.StatusCode);

        var proven = (await server.GetOnceAsync<IncidentList>("/api/incidents", list => list.Incidents[0].Suspect?.Proof is not null)).Incidents[0];
        Assert.Equal((AttributionVerdict.Attributed, repository.Head, 1.0), (proven.Verdict, proven.Suspect!.Sha, proven.Confidence));
        Assert.Contains("'./repro.sh' fails from", proven.Suspect.Proof, StringComparison.Ordinal);
        using var unknown = await server.PostAsync("/api/incidents/nothing/proof", $$"""{"commit":"{{first}}","good":"{{first}}","bad":"{{first}}","command":"x","tested":2,"runs":2,"error":0}""");
        Assert.Equal(HttpStatusCode.BadRequest, unknown.StatusCode);
    }

    [Fact]
    public async Task An_alert_without_a_stack_is_joined_to_what_its_service_threw_then()
    {
        var (repository, culprit) = Shop.Build();
        using var _ = repository;
        await using var server = await ServerUnderTest.StartAsync(repository.Folder);
        await server.SendOtlpAsync("/v1/traces", Shop.Failure(repository.Head, trace: 1));
        await server.GetOnceAsync<IncidentList>("/api/incidents", list => list.Incidents is [{ Verdict: not null }]);

        using var told = await server.PostAsync("/api/incidents", $$"""{"service":"shop","symptom":"checkout is down","revision":"{{repository.Head}}"}""");

        var joined = (await server.GetOnceAsync<IncidentList>("/api/incidents", list => list.Incidents.Any(incident => incident is { Title: "checkout is down", Verdict: not null })))
            .Incidents.Single(incident => incident.Title == "checkout is down");
        Assert.Equal(culprit, joined.Suspect?.Sha);
        Assert.Contains("no stack was told; shop threw System.FormatException", joined.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rollback_after_which_it_was_not_seen_for_an_hour_resolves_it()
    {
        await using var server = await ServerUnderTest.StartAsync();
        using var opened = await server.PostAsync("/api/incidents", """{"service":"shop","symptom":"refunds come twice","revision":"1.4.0","at":"2026-05-04T10:00:00Z"}""");
        using var back = await server.PostAsync("/api/deployments", """{"service":"shop","revision":"1.3.0","rolledBack":true,"at":"2026-05-04T10:20:00Z"}""");

        var resolved = (await server.GetOnceAsync<IncidentList>("/api/incidents", list => list.Incidents[0].Status == IncidentStatus.Resolved)).Incidents[0];
        Assert.Equal("rollback to 1.3.0", resolved.Resolution);
    }
}
