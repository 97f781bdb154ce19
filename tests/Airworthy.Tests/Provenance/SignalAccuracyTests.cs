using Airworthy.Model;
using Xunit;

namespace Airworthy.Tests.Provenance;

/// <summary>Precision and recall of the signals over the labelled corpus. A failure names each commit that was read wrong.</summary>
public class SignalAccuracyTests
{
    [Fact]
    public void The_corpus_is_large_and_holds_agents_helpers_and_people()
    {
        Assert.InRange(LabelledCommit.All.Count, 200, int.MaxValue);
        Assert.InRange(LabelledCommit.All.Count(commit => !commit.Wrote.IsEmpty), 100, int.MaxValue);
        Assert.InRange(LabelledCommit.All.Count(commit => !commit.Helped.IsEmpty), 40, int.MaxValue);
        Assert.InRange(LabelledCommit.All.Count(commit => commit.Wrote.IsEmpty && commit.Helped.IsEmpty), 80, int.MaxValue);
    }

    [Theory]
    [InlineData(SignalStrength.Proof)]
    [InlineData(SignalStrength.Strong)]
    public void Every_signal_that_decides_names_an_agent_that_wrote_the_commit(SignalStrength strength)
    {
        var told = Told(signal => signal.Strength == strength);
        var wrong = told.Where(pair => !pair.Commit.Wrote.Contains(pair.Agent)).ToList();
        TestContext.Current.TestOutputHelper?.WriteLine($"{strength}: {told.Count - wrong.Count} of {told.Count} right");

        Assert.NotEmpty(told);
        Assert.Empty(wrong);
    }

    [Fact]
    public void Nearly_all_agents_that_wrote_are_found()
    {
        var found = Told(signal => signal.Strength >= SignalStrength.Strong).ToHashSet();
        var wrote = LabelledCommit.All.SelectMany(commit => commit.Wrote.Select(agent => (Commit: commit, Agent: agent))).ToList();
        var missed = wrote.Where(pair => !found.Contains(pair)).ToList();
        var recall = 1 - ((double)missed.Count / wrote.Count);
        TestContext.Current.TestOutputHelper?.WriteLine($"recall {recall:0.0000} of {wrote.Count}");

        Assert.True(recall > 0.98, $"recall {recall:0.0000}; missed: {string.Join('\n', missed)}");
    }

    [Fact]
    public void Nearly_all_hints_are_kept_and_none_decides()
    {
        var kept = Told(signal => signal.Strength < SignalStrength.Strong).ToHashSet();
        var helped = LabelledCommit.All.SelectMany(commit => commit.Helped.Select(agent => (Commit: commit, Agent: agent))).ToList();
        var missed = helped.Where(pair => !kept.Contains(pair)).ToList();
        TestContext.Current.TestOutputHelper?.WriteLine($"hints kept {helped.Count - missed.Count} of {helped.Count}");

        Assert.True(missed.Count <= helped.Count * 0.02, $"missed: {string.Join('\n', missed)}");
        Assert.All(
            LabelledCommit.All.Where(commit => commit.Wrote.IsEmpty),
            commit => Assert.Equal(AuthorKind.Unknown, TestCommits.Authorship(commit.Commit).Kind));
    }

    [Fact]
    public void People_and_their_words_leave_no_signal()
    {
        var blamed = LabelledCommit.All
            .Where(commit => commit.Wrote.IsEmpty && commit.Helped.IsEmpty && !TestCommits.Signals(commit.Commit).IsEmpty)
            .Select(commit => $"{commit} → {string.Join(", ", TestCommits.Signals(commit.Commit))}");

        Assert.Empty(blamed);
    }

    private static List<(LabelledCommit Commit, string Agent)> Told(Func<Signal, bool> counts) =>
    [
        .. LabelledCommit.All.SelectMany(commit => TestCommits.Signals(commit.Commit)
            .Where(counts)
            .Select(signal => (commit, signal.Agent?.Name ?? ""))),
    ];
}
