using Airworthy.Git;
using Airworthy.Incidents.Bisecting;
using Airworthy.Model;
using Airworthy.Testing;
using Xunit;

namespace Airworthy.Tests.Incidents.Bisecting;

/// <summary>Real histories, and commands that really run in them.</summary>
public sealed class BisectionTests : IDisposable
{
    private readonly RepositoryBuilder _repository = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("airworthy-bisect-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _repository.Dispose();
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task The_first_bad_commit_of_a_line_is_found_in_few_runs(int jobs)
    {
        var commits = Line(20, broken: 13);

        var report = await BisectAsync(commits[0], commits[^1], "grep -q fine state", jobs);

        Assert.Equal(commits[13], report.FirstBad?.Hex);
        Assert.Equal((19, false), (report.Candidates, report.IsMerge));
        Assert.InRange(report.Runs, 2, jobs == 1 ? 7 : 11);
        Assert.False(Directory.Exists(Path.Combine(_folder, "work")), "what was checked out is removed");
    }

    [Fact]
    public async Task A_bad_commit_on_a_merged_branch_is_found_there()
    {
        var good = Commit("state", "fine\n");
        _repository.Branch("topic");
        Commit("a", "1\n");
        var broken = Commit("state", "broken\n");
        Commit("a", "2\n");
        _repository.Checkout("main");
        Commit("b", "1\n");
        Commit("b", "2\n");
        _repository.Merge("Merge topic", "topic");
        var bad = Commit("c", "1\n");

        Assert.Equal(broken, (await BisectAsync(good, bad, "grep -q fine state", jobs: 2)).FirstBad?.Hex);
    }

    [Fact]
    public async Task Two_branches_that_fail_only_together_blame_their_merge()
    {
        var good = Commit("c", "1\n");
        _repository.Branch("topic");
        Commit("a", "1\n");
        _repository.Checkout("main");
        Commit("b", "1\n");
        var merge = _repository.Merge("Merge topic", "topic");
        var bad = Commit("c", "2\n");

        var report = await BisectAsync(good, bad, "! test -e a -a -e b");

        Assert.Equal((merge, true), (report.FirstBad?.Hex, report.IsMerge));
    }

    [Fact]
    public async Task A_good_revision_on_another_branch_stands_for_where_they_part()
    {
        Commit("state", "fine\n");
        _repository.Branch("release");
        var good = Commit("a", "1\n");
        _repository.Checkout("main");
        Commit("b", "1\n");
        var broken = Commit("state", "broken\n");

        Assert.Equal(broken, (await BisectAsync(good, broken, "grep -q fine state")).FirstBad?.Hex);

        var mended = _repository.Branch("mended", broken).Write("state", "fine\n").Commit("mend");
        _repository.Checkout("main");
        var failing = Commit("b", "2\n");
        var wrong = await Assert.ThrowsAsync<BisectException>(() => BisectAsync(mended, failing, "grep -q fine state"));
        Assert.Contains("was mended on the way to --good", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Revisions_that_can_not_be_tested_are_passed_over()
    {
        // 5 to 9 can't be tested; 12 broke it.
        var commits = Enumerable.Range(0, 16).Select(i => Commit("state", $"{(i >= 12 ? "broken" : i is >= 5 and <= 9 ? "untestable" : "fine")} {i}\n")).ToArray();

        var report = await BisectAsync(commits[0], commits[^1], "grep -q untestable state && exit 125; grep -q fine state");

        Assert.Equal(commits[12], report.FirstBad?.Hex);
        Assert.True(report.Skipped > 0);
    }

    [Fact]
    public async Task When_they_hide_the_first_bad_one_all_it_may_be_are_named()
    {
        var commits = Enumerable.Range(0, 8).Select(i => Commit("state", $"{(i >= 6 ? "broken" : i >= 4 ? "untestable" : "fine")} {i}\n")).ToArray();

        var report = await BisectAsync(commits[0], commits[^1], "grep -q untestable state && exit 125; grep -q fine state");

        Assert.Null(report.FirstBad);
        Assert.Equal([commits[6], commits[5], commits[4]], report.Possible.Select(commit => commit.Hex));
    }

    [Fact]
    public async Task A_revision_whose_build_fails_can_not_be_tested_and_is_built_once()
    {
        var count = Path.Combine(_folder, "builds");
        var commits = Enumerable.Range(0, 12).Select(i => Commit("state", $"{(i >= 9 ? "broken" : i == 6 ? "unbuildable" : "fine")} {i}\n")).ToArray();

        var report = await BisectAsync(
            commits[0], commits[^1], "test -e built && grep -q fine state", build: $"git --version >/dev/null; cat state >> {count}; ! grep -q unbuildable state && touch built");

        Assert.Equal(commits[9], report.FirstBad?.Hex);
        var builds = await File.ReadAllLinesAsync(count, Cancel);
        Assert.Equal(builds.Length, builds.Distinct().Count());
    }

    [Fact]
    public async Task A_command_that_fails_only_sometimes_is_run_until_the_error_is_small()
    {
        // It fails in three of ten runs where it is broken: counted, so that the test tells the same each time.
        var count = Path.Combine(_folder, "count");
        var commits = Line(24, broken: 17);
        var flaky = $"n=$(cat {count} 2>/dev/null || echo 0); echo $((n+1)) > {count}; grep -q fine state || test $((n % 10)) -ge 3";

        var report = await BisectAsync(commits[0], commits[^1], flaky, repeat: 20);

        Assert.Equal(commits[17], report.FirstBad?.Hex);
        Assert.InRange(report.Error, 0.0001, 0.05);
        Assert.Equal(new RunTally(0, 20), report.FailsAtGood);
        Assert.Equal(new RunTally(6, 14), report.FailsAtBad);
    }

    [Fact]
    public async Task Ends_that_fail_nearly_alike_are_refused()
    {
        var commits = Line(4, broken: 2);
        var count = Path.Combine(_folder, "count");
        var noise = $"n=$(cat {count} 2>/dev/null || echo 0); echo $((n+1)) > {count}; test $((n % 3)) -ge 1";

        var refused = await Assert.ThrowsAsync<BisectException>(() => BisectAsync(commits[0], commits[^1], noise, repeat: 6));

        Assert.Contains("too alike to tell them apart; raise --repeat", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_stopped_goes_on_where_it_stood()
    {
        var commits = Line(40, broken: 25);
        var ran = Path.Combine(_folder, "ran");
        var stop = Path.Combine(_folder, "stop");
        var command = $"cat state >> {ran}; test -e {stop} && exit 127; grep -q fine state";
        await File.WriteAllTextAsync(stop, "", Cancel);
        await Assert.ThrowsAsync<BisectException>(() => BisectAsync(commits[0], commits[^1], command));
        File.Delete(stop);
        using (var stopped = CancellationTokenSource.CreateLinkedTokenSource(Cancel))
        {
            var runs = 0;
            var progress = new Told(_ =>
            {
                if (++runs == 3)
                {
                    stopped.Cancel();
                }
            });
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => BisectAsync(commits[0], commits[^1], command, progress: progress, cancel: stopped.Token));
        }

        var before = (await File.ReadAllLinesAsync(ran, Cancel)).Skip(1).ToArray();
        await File.AppendAllTextAsync(Path.Combine(_folder, "work", "found.jsonl"), "{\"Tree\":\"cut o", Cancel);
        var report = await BisectAsync(commits[0], commits[^1], command);

        Assert.Equal(commits[25], report.FirstBad?.Hex);
        Assert.True(report.Resumed >= 4, $"{report.Resumed} runs resumed");
        var after = (await File.ReadAllLinesAsync(ran, Cancel)).Skip(1 + before.Length);
        Assert.Empty(before.Take(report.Resumed).Intersect(after));
    }

    [Fact]
    public async Task Commits_that_hold_the_same_files_are_tested_once()
    {
        var ran = Path.Combine(_folder, "ran");
        var good = Commit("state", "fine\n");
        for (var i = 0; i < 8; i++)
        {
            Commit("state", "fine 2\n");
            Commit("state", "fine\n");
        }

        var broken = Commit("state", "broken\n");
        var report = await BisectAsync(good, broken, $"cat state >> {ran}; grep -q fine state");

        Assert.Equal(broken, report.FirstBad?.Hex);
        Assert.InRange((await File.ReadAllLinesAsync(ran, Cancel)).Length, 2, 3);
    }

    [Fact]
    public async Task Ends_that_are_no_ends_are_told()
    {
        var commits = Line(3, broken: 2);
        Assert.Contains("there is nothing to find", (await Assert.ThrowsAsync<BisectException>(() => BisectAsync(commits[0], commits[2], "true"))).Message, StringComparison.Ordinal);
        Assert.Contains("fails at --good", (await Assert.ThrowsAsync<BisectException>(() => BisectAsync(commits[0], commits[2], "false"))).Message, StringComparison.Ordinal);
        Assert.Contains("must be the later one", (await Assert.ThrowsAsync<BisectException>(() => BisectAsync(commits[2], commits[0], "true"))).Message, StringComparison.Ordinal);
        Assert.Contains("can't be run", (await Assert.ThrowsAsync<BisectException>(() => BisectAsync(commits[0], commits[2], "no-such-program-anywhere"))).Message, StringComparison.Ordinal);
        Assert.Contains("takes too long", (await Assert.ThrowsAsync<BisectException>(() => BisectAsync(commits[0], commits[2], "sleep 60", timeout: TimeSpan.FromMilliseconds(300)))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_repository_is_left_as_it_was_and_its_hooks_and_filters_are_not_run()
    {
        var commits = Line(6, broken: 3);
        var mark = Path.Combine(_folder, "ran-by-hook");
        _repository.Write(".gitattributes", "state filter=evil\n").Write(".git/hooks/post-checkout", $"#!/bin/sh\ntouch {mark}\n");
        File.SetUnixFileMode(Path.Combine(_repository.Folder, ".git/hooks/post-checkout"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        _repository.Git("config", "filter.evil.smudge", $"touch {mark}");
        var status = _repository.Git("status", "--porcelain");

        Assert.Equal(commits[3], (await BisectAsync(commits[0], commits[^1], "grep -q fine state")).FirstBad?.Hex);

        Assert.False(File.Exists(mark));
        Assert.Equal((status, commits[^1]), (_repository.Git("status", "--porcelain"), _repository.Head));
        Assert.DoesNotContain("worktree", _repository.Git("worktree", "list", "--porcelain").Replace($"worktree {_repository.Folder}", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    private string[] Line(int length, int broken) => [.. Enumerable.Range(0, length).Select(i => Commit("state", $"{(i >= broken ? "broken" : "fine")} {i}\n"))];

    private string Commit(string path, string content) => _repository.Write(path, content).Commit($"{path}: {content.Trim()}");

    private async Task<BisectReport> BisectAsync(
        string good,
        string bad,
        string command,
        int jobs = 1,
        int repeat = 1,
        string? build = null,
        TimeSpan? timeout = null,
        IProgress<string>? progress = null,
        CancellationToken? cancel = null)
    {
        await using var git = await GitRepository.OpenAsync(_repository.Folder, Cancel);
        var query = new BisectQuery(
            CommitId.Parse(good), CommitId.Parse(bad), ["sh", "-c", command], build is null ? [] : ["sh", "-c", build], jobs, repeat,
            timeout ?? TimeSpan.FromMinutes(1), Path.Combine(_folder, "work"), _folder);
        return await Bisection.RunAsync(git, query, progress ?? new Told(_ => { }), cancel ?? Cancel);
    }

    private sealed class Told(Action<string> told) : IProgress<string>
    {
        public void Report(string value) => told(value);
    }
}
