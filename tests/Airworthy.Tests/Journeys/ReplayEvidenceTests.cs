using System.Text.Json;
using Airworthy.Journeys.Recordings;
using Airworthy.Probes.Recordings;
using Airworthy.Probes.Replay;
using Xunit;

namespace Airworthy.Tests.Journeys;

/// <summary>What a replay is worth to the gate.</summary>
public sealed class ReplayEvidenceTests
{
    private static readonly string s_head = new('a', 40);

    [Fact]
    public void A_failure_that_is_mended_is_not_bad_and_what_was_not_compared_is_no_evidence()
    {
        var report = new ReplayReport(
            new string('b', 40),
            s_head,
            [
                Call("GET /stock/{sku}", ReplayVerdict.Different, """{"status":500}""", """{"status":200}"""),
                Call("GET /stock/{sku}", ReplayVerdict.Same, """{"status":200}""", """{"status":200}"""),
                Call("GET /orders/{id}", ReplayVerdict.Different, """{"status":200,"body":1}""", """{"status":200,"body":2}"""),
                Call("GET /orders/{id}", ReplayVerdict.Different, """{"status":500}""", """{"status":502}"""),
                Call("GET /users/{id}", ReplayVerdict.NotCompared, """{"status":404}""", """{"status":404}"""),
            ],
            Unreadable: 0);

        Assert.Equal(
            [("GET /orders/{id}", 2L, 2L), ("GET /stock/{sku}", 2L, 0L)],
            ReplayEvidence.Of(report).Select(evidence => (evidence.Unit, evidence.Count, evidence.Bad)));
        Assert.All(ReplayEvidence.Of(report), evidence => Assert.Equal(("workflow-replay", s_head), (evidence.Kind, evidence.Revision?.Hex)));
    }

    private static ReplayComparison Call(string route, ReplayVerdict verdict, string one, string other) => new(
        new RecordedCall(RecordingKind.Http, Guid.NewGuid(), default, "shop", "5eed", "Shop", route, "", null, [], null), verdict, "", null, Answer(one), Answer(other), [], []);

    private static ReplayedCall Answer(string outcome) => new(ReplayState.Returned, "", JsonSerializer.Deserialize<JsonElement>(outcome));
}
