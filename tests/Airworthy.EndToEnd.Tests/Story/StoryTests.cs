using Xunit;

namespace Airworthy.EndToEnd.Tests.Story;

/// <summary>The product's main job, from an agent's commit to the incident it caused, told by <c>./demo</c> and held to its answers.</summary>
public sealed class StoryTests
{
    [Fact]
    public async Task From_an_agents_commit_to_the_incident_it_caused()
    {
        var run = await DemoRun.OnceAsync(TestContext.Current.CancellationToken);
        TestContext.Current.TestOutputHelper?.WriteLine(run.Out + run.Error);

        Assert.Empty(run.Wrong);
        Assert.Equal(
            [
                "the refund is attributed to the agent's commit",
                "to its agent, model and session",
                "and its model",
                "the warehouse is attributed to the person's commit",
                "of whom nothing marks an agent",
                "the gift card is attributed to the caller, not to the guard",
                "the payment provider is not attributable",
                "four failures are four incidents, however often each is told",
                "all at the revision that ran",
                "each refund is counted, and each that failed",
                "each order is counted, and each that failed",
                "what of an order's placing never ran is known",
                "the agent's change is suspect",
                "the lesson of the refund is in AGENTS.md",
                "the refund in Berlin was recorded, with what it came to",
                "the replay tells the mended commit from the one before by the refund and the request for the cap alone",
                "their tests hold on the mended commit",
                "and fail on the bad one",
            ],
            run.Right);
        Assert.Equal(0, run.Exit);
        Assert.Equal("", run.Error);
    }
}
