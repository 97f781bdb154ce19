using Xunit;

namespace Airworthy.Cli.Tests.BadInput;

/// <summary>What runs keep for the next: whatever became of it, the answer is the one without it.</summary>
public sealed class LineCacheTests : IDisposable
{
    private static readonly string[] s_blame = ["blame", "--format", "ndjson"];

    private readonly CachedCommand _command = new();

    public void Dispose() => _command.Dispose();

    [Fact]
    public async Task A_cache_that_was_cut_off_anywhere_changes_no_answer()
    {
        using var shop = LongHistory.Build(commits: 300, lines: 60);
        var expected = await _command.RunAsync(shop.Folder, s_blame);
        Assert.Equal(300, _command.Commits);
        var whole = await File.ReadAllBytesAsync(_command.File, TestContext.Current.CancellationToken);
        foreach (var length in new[] { 0, 100, 4096, whole.Length / 2, whole.Length - 1 })
        {
            _command.Replace(whole[..length]);

            Assert.Equal(expected, await _command.RunAsync(shop.Folder, s_blame));
        }

        Assert.Equal(expected, await CachedCommand.WithoutAsync(shop.Folder, s_blame));
        Assert.Equal(300, _command.Commits);
    }

    [Fact]
    public async Task A_cache_with_flipped_bytes_changes_no_answer()
    {
        using var shop = LongHistory.Build(commits: 300, lines: 60);
        var expected = await _command.RunAsync(shop.Folder, s_blame);
        var bytes = await File.ReadAllBytesAsync(_command.File, TestContext.Current.CancellationToken);
        for (var i = bytes.Length / 3; i < bytes.Length; i += 997)
        {
            bytes[i] ^= 0x55;
        }

        _command.Replace(bytes);

        Assert.Equal(expected, await _command.RunAsync(shop.Folder, s_blame));
        Assert.Equal(expected, await _command.RunAsync(shop.Folder, s_blame));
    }

    [Fact]
    public async Task A_cache_of_another_version_is_begun_anew()
    {
        using var shop = LongHistory.Build(commits: 300, lines: 20);
        var expected = await _command.RunAsync(shop.Folder, s_blame);
        _command.MakeNewer();

        var run = await _command.RunAsync(shop.Folder, s_blame);

        Assert.Equal((0, ""), (run.Exit, run.Error));
        Assert.Equal(expected, run);
        Assert.Equal(300, _command.Commits);
    }

    [Fact]
    public async Task A_process_killed_while_it_writes_leaves_nothing_half_written()
    {
        using var shop = LongHistory.Build(commits: 1500, lines: 1000);
        var expected = await CachedCommand.WithoutAsync(shop.Folder, s_blame);
        var cutOff = 0;
        foreach (var written in new[] { 1, 200_000, 1_000_000 })
        {
            using var cache = new CachedCommand();
            using (var killed = cache.Start(shop.Folder, s_blame))
            {
                var answer = killed.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
                while (cache.Written < written && !killed.HasExited)
                {
                    await Task.Yield();
                }

                killed.Kill();
                await killed.WaitForExitAsync(TestContext.Current.CancellationToken);
                await answer;
            }

            var kept = cache.Commits;
            Assert.Contains(kept, new int?[] { null, 1500 });
            cutOff += kept is null ? 1 : 0;
            Assert.Equal(expected, await cache.RunAsync(shop.Folder, s_blame));
            // Where the tip was kept before the end, its lines answer and no edit is asked for.
            Assert.Contains(cache.Commits, new int?[] { null, 1500 });
        }

        Assert.InRange(cutOff, 1, 3);
    }

    [Fact]
    public async Task Processes_at_once_on_one_cache_all_answer_and_keep_all()
    {
        using var shop = LongHistory.Build(commits: 400, lines: 60);
        var expected = await CachedCommand.WithoutAsync(shop.Folder, s_blame);

        var runs = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => _command.RunAsync(shop.Folder, s_blame)));

        Assert.All(runs, run => Assert.Equal(expected, run));
        Assert.Equal(400, _command.Commits);
        Assert.Equal(expected, await _command.RunAsync(shop.Folder, s_blame));
    }

    [Fact]
    public async Task A_history_rewritten_under_the_cache_is_told_as_it_is_now()
    {
        using var shop = LongHistory.Build(commits: 400, lines: 60);
        var before = await _command.RunAsync(shop.Folder, s_blame);
        shop.Git("reset", "-q", "--hard", "HEAD~150");
        shop.Write("f0.txt", "another\nhistory\n").Commit("Instead");

        var after = await _command.RunAsync(shop.Folder, s_blame);

        Assert.NotEqual(before.Out, after.Out);
        Assert.Equal(await CachedCommand.WithoutAsync(shop.Folder, s_blame), after);
    }

    [Fact]
    public async Task A_history_that_can_not_be_read_to_its_end_leaves_no_part_of_it_behind()
    {
        using var shop = LongHistory.Build(commits: 300, lines: 20);
        shop.Git("repack", "-q", "-a", "-d");
        shop.Unpack();
        var lost = shop.Lose(shop.Git("rev-parse", "HEAD~10:f1.txt").Trim());

        var stopped = await _command.RunAsync(shop.Folder, "rework", "--format", "json");
        Assert.Equal(65, stopped.Exit);
        Assert.Empty(_command.Files);
        File.WriteAllBytes(lost.File, lost.Bytes);
        var whole = await _command.RunAsync(shop.Folder, "rework", "--format", "json");

        Assert.Equal(await CachedCommand.WithoutAsync(shop.Folder, "rework", "--format", "json"), whole);
        Assert.Equal((0, 300), (whole.Exit, _command.Commits));
    }
}
