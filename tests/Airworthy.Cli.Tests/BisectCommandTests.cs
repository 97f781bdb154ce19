using System.Text.Json;
using Airworthy.Testing;
using Xunit;

namespace Airworthy.Cli.Tests;

public class BisectCommandTests
{
    [Fact]
    public async Task The_answer_names_the_commit_and_what_it_printed()
    {
        using var repository = new RepositoryBuilder();
        var commits = Enumerable.Range(0, 9).Select(i => repository.Write("n", $"{i}\n").Commit($"Count to {i}")).ToArray();

        var text = await CliRun.InAsync(repository.Folder, "bisect", "--good", commits[0], "--bad", "HEAD", "--", "sh", "-c", "test $(cat n) -lt 6 || { echo broken at $(cat n); exit 3; }");
        Assert.Equal("", text.Error);
        Assert.Equal(0, text.Exit);
        Assert.Contains($"FIRST BAD  {commits[6][..12]}  \"Count to 6\"", text.Out, StringComparison.Ordinal);
        Assert.Contains("| broken at 6", text.Out, StringComparison.Ordinal);

        var json = await CliRun.InAsync(repository.Folder, "bisect", repository.Folder, "--good", commits[0], "--bad", commits[8], "--jobs", "3", "--format", "json", "--", "sh", "-c", "test $(cat n) -lt 6");
        using var answer = JsonDocument.Parse(json.Out);
        Assert.Equal(commits[6], answer.RootElement.GetProperty("firstBad").GetString());
        Assert.Equal(8, answer.RootElement.GetProperty("candidates").GetInt32());
    }

    [Theory]
    [InlineData("the command is missing", "--good", "HEAD~1", "--bad", "HEAD", ".")]
    [InlineData("stands before --", "--good", "HEAD~1", "--bad", "HEAD", ".", "make", "--", "true")]
    [InlineData("--jobs takes 1 to 64", "--good", "HEAD~1", "--bad", "HEAD", "--jobs", "0", "--", "true")]
    [InlineData("names no commit", "--good", "v9", "--bad", "HEAD", "--", "true")]
    public async Task A_wrong_command_is_told(string told, params string[] arguments)
    {
        using var repository = new RepositoryBuilder();
        repository.Write("n", "1\n").Commit("one");
        repository.Write("n", "2\n").Commit("two");

        var run = await CliRun.InAsync(repository.Folder, ["bisect", .. arguments]);

        Assert.Equal(64, run.Exit);
        Assert.Contains(told, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_script_where_the_user_stands_is_found_though_no_revision_has_it()
    {
        using var repository = new RepositoryBuilder();
        var good = repository.Write("n", "1\n").Commit("one");
        var bad = repository.Write("n", "2\n").Commit("two");
        var script = Path.Combine(repository.Folder, "repro.sh");
        await File.WriteAllTextAsync(script, "#!/bin/sh\ntest $(cat n) = 1\n", TestContext.Current.CancellationToken);
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        var run = await CliRun.InAsync(repository.Folder, "bisect", "--good", good, "--bad", bad, "--", "./repro.sh");

        Assert.Contains($"FIRST BAD  {bad[..12]}", run.Out, StringComparison.Ordinal);
    }
}
