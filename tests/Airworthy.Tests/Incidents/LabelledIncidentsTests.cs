using System.Text.Json;
using Airworthy.Incidents;
using Xunit;

namespace Airworthy.Tests.Incidents;

/// <summary>
/// Replays the labelled incidents of <c>bench/attribution-cases/cases</c> by their stored features: what the shipped weights answer on them is told in
/// docs/design/attribution.md, and a change of the weights that answers worse is seen here.
/// </summary>
public class LabelledIncidentsTests
{
    private static readonly IReadOnlyList<(FeatureKind[] Features, JsonElement Case)> s_cases =
    [
        .. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Incidents", "Cases"), "*.json").Order(StringComparer.Ordinal)
            .Select(file => JsonDocument.Parse(File.ReadAllBytes(file)).RootElement)
            .SelectMany(project => project.GetProperty("cases").EnumerateArray().Select(one => (Features(project), one))),
    ];

    [Fact]
    public void Every_case_has_a_value_for_each_feature_it_was_mined_with() => Assert.All(
        s_cases, at => Assert.All(at.Case.GetProperty("candidates").EnumerateArray(), candidate => Assert.Equal(at.Features.Length, candidate.GetProperty("x").GetArrayLength())));

    [Fact]
    public void The_shipped_weights_answer_as_well_as_is_told()
    {
        int caused = 0, first = 0, amongThree = 0, topFrame = 0, wrong = 0, attributed = 0;
        foreach (var (features, incident) in s_cases.Where(at => !IsOutward(at.Case)))
        {
            var candidates = incident.GetProperty("candidates").EnumerateArray()
                .Select(candidate => (IsCause: candidate.GetProperty("isCause").GetBoolean(), Score: Score(candidate, features))).ToArray();
            var beliefs = RankingWeights.Beliefs([.. candidates.Select(candidate => candidate.Score)]);
            Assert.InRange(beliefs.Sum(), 0, 1);
            var order = Enumerable.Range(0, candidates.Length).OrderByDescending(i => beliefs[i]).ToArray();
            var place = Array.FindIndex(order, i => candidates[i].IsCause);
            caused += incident.GetProperty("causes").GetArrayLength() > 0 ? 1 : 0;
            first += place == 0 ? 1 : 0;
            amongThree += place is >= 0 and < 3 ? 1 : 0;
            topFrame += incident.GetProperty("topFrame").GetBoolean() ? 1 : 0;
            if (order.Length > 0 && beliefs[order[0]] >= RankingWeights.Attributed)
            {
                attributed++;
                wrong += place == 0 ? 0 : 1;
            }
        }

        Assert.InRange(first / (double)caused, LeastFirst, 1);
        Assert.InRange(amongThree / (double)caused, LeastAmongThree, 1);
        Assert.True(first > topFrame, $"{first} right first, the top frame's owner in {topFrame}");
        Assert.InRange(wrong / (double)Math.Max(1, attributed), 0, MostWrong);
    }

    /// <summary>As told: of the incidents that nothing in the repository caused, so many are called attributed at most.</summary>
    [Fact]
    public void Few_incidents_that_no_commit_caused_are_attributed()
    {
        var innocent = s_cases.Where(at => at.Case.GetProperty("causes").GetArrayLength() == 0).ToArray();
        var attributed = innocent.Count(at => !IsOutward(at.Case)
            && RankingWeights.Beliefs([.. at.Case.GetProperty("candidates").EnumerateArray().Select(candidate => Score(candidate, at.Features))]).Max() >= RankingWeights.Attributed);
        Assert.InRange(innocent.Length, 16, int.MaxValue);
        Assert.InRange(attributed / (double)innocent.Length, 0, MostInnocent);
    }

    private const double MostInnocent = 0.25;

    private const double LeastFirst = 0.35;

    private const double LeastAmongThree = 0.5;

    /// <summary>The share of wrong ones among what is called attributed.</summary>
    private const double MostWrong = 0.4;

    /// <summary>True where the product says <em>a failing dependency</em> and ranks nothing.</summary>
    private static bool IsOutward(JsonElement incident) => incident.TryGetProperty("outward", out var outward) && outward.GetBoolean();

    private static double Score(JsonElement candidate, FeatureKind[] features) =>
        candidate.GetProperty("x").EnumerateArray().Zip(features).Sum(at => at.First.GetDouble() * RankingWeights.Of(at.Second));

    /// <summary>The features of a project's cases: names that the product does not know are an error.</summary>
    private static FeatureKind[] Features(JsonElement project) =>
        [.. project.GetProperty("features").EnumerateArray().Select(name => Enum.Parse<FeatureKind>(name.GetString()!))];
}
