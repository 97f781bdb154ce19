using Airworthy.Git;
using Airworthy.Journeys;
using Airworthy.Model;
using Airworthy.Testing;
using Airworthy.Tests.Verification;
using Airworthy.Verification;
using Xunit;

namespace Airworthy.Tests.Journeys;

/// <summary>The gate with evidence files: a policy that asks for a trial gets one, of this very revision.</summary>
public sealed class GateEvidenceFileTests : IDisposable
{
    private const string Claude = "Mend it\n\nCo-Authored-By: Claude <noreply@anthropic.com>\n";
    private const string Unit = "M:Shop.Pay.Answer(System.Int32)";

    private readonly RepositoryBuilder _shop = new();
    private readonly ReportFolder _files = new();

    public GateEvidenceFileTests()
    {
        _shop.Write("airworthy.yml", "version: 1\nevidence: [{ name: tried, require: [trial] }]\n").Write("src/Pay.cs", Source(1)).Commit("Start");
        _shop.Write("src/Pay.cs", Source(2)).Commit(Claude);
    }

    public void Dispose()
    {
        _shop.Dispose();
        _files.Dispose();
    }

    [Fact]
    public async Task A_trial_without_a_difference_passes_and_is_shown_with_its_source()
    {
        var report = await JudgeAsync(Trial(count: 40, bad: 0));

        Assert.Equal(VerdictKind.Pass, report.Judgement.Kind);
        Assert.Equal("trial-worker", Assert.Single(Assert.Single(report.Judgement.Units).Changed.Evidence).Source);
    }

    [Fact]
    public async Task A_difference_that_one_trial_found_is_not_taken_back_by_another()
    {
        var report = await JudgeAsync(Trial(count: 1000, bad: 0), Trial(count: 40, bad: 1), Trial(count: 1000, bad: 0));

        Assert.Equal(VerdictKind.Fail, report.Judgement.Kind);
        Assert.Equal((40L, 1L), (Assert.Single(report.Judgement.Units).Short[0].Evidence.Count, 1L));
    }

    [Fact]
    public async Task No_trial_and_one_of_no_inputs_are_no_evidence()
    {
        Assert.Equal(VerdictKind.Insufficient, (await JudgeAsync()).Judgement.Kind);
        Assert.Equal(VerdictKind.Insufficient, (await JudgeAsync(Trial(count: 0, bad: 0))).Judgement.Kind);
    }

    [Fact]
    public async Task Another_function_s_trial_says_nothing_of_this_one()
    {
        Assert.Equal(VerdictKind.Insufficient, (await JudgeAsync(Trial(40, 0) with { Unit = "M:Shop.Pay.Other" })).Judgement.Kind);
        Assert.Equal(VerdictKind.Insufficient, (await JudgeAsync(Trial(40, 0) with { Path = new RepoPath("lib/Pay.cs") })).Judgement.Kind);
    }

    [Fact]
    public async Task Evidence_of_another_revision_is_refused_with_what_to_do()
    {
        var old = CommitId.Parse(_shop.Git("rev-parse", "HEAD~1").Trim());

        var refused = await Assert.ThrowsAsync<EvidenceException>(() => JudgeAsync(Trial(40, 0) with { Revision = old }));

        Assert.Contains($"is evidence of {old.Short}", refused.Message, StringComparison.Ordinal);
        Assert.Contains($"--tested-at {old.Short}", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<EvidenceException>(() => JudgeAsync(Trial(40, 0) with { Revision = null }));
    }

    [Fact]
    public async Task Older_evidence_counts_when_told_and_only_of_code_that_did_not_change_since()
    {
        var tried = Trial(40, 0);
        _shop.Write("notes.txt", "one\n").Commit(Claude);
        Assert.Equal(VerdictKind.Pass, (await JudgeAsync("HEAD~2", testedAt: "HEAD~1", tried)).Judgement.Kind);

        _shop.Write("src/Pay.cs", Source(3)).Commit(Claude);
        var late = await JudgeAsync("HEAD~3", testedAt: "HEAD~2", tried);

        Assert.Equal(VerdictKind.Insufficient, late.Judgement.Kind);
        Assert.Contains("changed after it", Assert.Single(late.Remarks), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_production_shows_of_an_earlier_revision_is_shown_and_proves_nothing()
    {
        var report = await JudgeAsync(new Evidence("production-calls", "otlp:span", Unit, null, CommitId.Parse(_shop.Git("rev-parse", "HEAD~1").Trim()), 900, 3, 2));

        Assert.Equal(VerdictKind.Insufficient, report.Judgement.Kind);
        Assert.Equal((900L, 2), (report.Judgement.Units[0].Changed.Evidence[0].Count, report.Judgement.Units[0].Changed.Evidence[0].Instances));
    }

    private static string Source(int answer) =>
        $"namespace Shop;\n\npublic static class Pay\n{{\n    public static int Answer(int of)\n    {{\n        return of * {answer};\n    }}\n}}\n";

    private Evidence Trial(long count, long bad) => new("trial", "trial-worker", Unit, new RepoPath("src/Pay.cs"), CommitId.Parse(_shop.Head), count, bad, 0);

    private Task<GateReport> JudgeAsync(params Evidence[] evidence) => JudgeAsync("HEAD~1", null, evidence);

    private async Task<GateReport> JudgeAsync(string @base, string? testedAt, params Evidence[] evidence)
    {
        using var stream = new MemoryStream();
        EvidenceFile.Write(stream, evidence);
        await using var repository = await GitRepository.OpenAsync(_shop.Folder, TestContext.Current.CancellationToken);
        return await new Gate(repository).JudgeAsync(
            new GateRequest(@base, "HEAD") { Evidence = [_files.Write("trial.json", stream.ToArray())], TestedAt = testedAt }, TestContext.Current.CancellationToken);
    }
}
