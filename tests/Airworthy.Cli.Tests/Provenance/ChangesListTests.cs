using System.Text.Json;
using Airworthy.Testing;
using Xunit;

namespace Airworthy.Cli.Tests.Provenance;

public sealed class ChangesListTests : IDisposable
{
    private readonly RepositoryBuilder _shop = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task A_squash_shows_the_agent_that_only_its_branch_names()
    {
        var branch = Squashed();

        var run = await CliRun.InAsync(_shop.Folder, "changes", "list", "--repo", "--format", "json");

        Assert.Equal((0, ""), (run.Exit, run.Error));
        using var json = JsonDocument.Parse(run.Out);
        var change = json.RootElement.GetProperty("changes")[0];
        Assert.Equal("ai", change.GetProperty("authorship").GetString());
        Assert.Equal("claude-code", change.GetProperty("agents")[0].GetProperty("agent").GetString());
        Assert.Equal(7, change.GetProperty("pullRequest").GetInt32());
        Assert.Equal([_shop.Head, branch], change.GetProperty("commits").EnumerateArray().Select(commit => commit.GetString()));
        Assert.Equal("2026-03-02T09:02:00+00:00", change.GetProperty("landedAt").GetString());
        Assert.Matches("^c[0-9a-f]{12}$", change.GetProperty("id").GetString()!);
    }

    [Fact]
    public async Task For_people_it_is_a_line_a_change_the_latest_first()
    {
        Squashed();

        var run = await CliRun.InAsync("/", "changes", "list", "--repo", _shop.Folder);

        Assert.Equal(0, run.Exit);
        var lines = run.Lines.ToList();
        Assert.Equal(3, lines.Count);
        Assert.Contains("#7", lines[1], StringComparison.Ordinal);
        Assert.Contains("AI · claude-code", lines[1], StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Start", lines[2], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "--limit", "1")]
    [InlineData(1, "--authorship", "ai")]
    [InlineData(1, "--since", "2026-03-02T09:01:30Z")]
    [InlineData(2, "--since", "2026-03-02")]
    [InlineData(0, "--since", "2027-01-01")]
    [InlineData(1, "--rev", "HEAD^")]
    public async Task It_can_be_narrowed(int expected, params string[] arguments)
    {
        Squashed();

        var run = await CliRun.InAsync(_shop.Folder, ["changes", "list", "--repo", ".", "--format", "json", .. arguments]);

        using var json = JsonDocument.Parse(run.Out);
        Assert.Equal(expected, json.RootElement.GetProperty("changes").GetArrayLength());
    }

    [Theory]
    [InlineData("is no date", "--since", "soon")]
    [InlineData("asks for nothing", "--limit", "0")]
    [InlineData("names no commit", "--rev", "nowhere")]
    [InlineData("is known to a server only", "--state", "proven")]
    public async Task A_wrong_question_is_one_sentence(string sentence, params string[] arguments)
    {
        Squashed();

        var run = await CliRun.InAsync(_shop.Folder, ["changes", "list", "--repo", ".", .. arguments]);

        Assert.Equal((64, ""), (run.Exit, run.Out));
        Assert.Contains(sentence, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_is_no_repository_is_told()
    {
        var folder = Directory.CreateTempSubdirectory("airworthy-none-");

        var run = await CliRun.InAsync("/", "changes", "list", "--repo", folder.FullName);

        folder.Delete();
        Assert.Equal(64, run.Exit);
        Assert.Contains("not a git repository", run.Error, StringComparison.Ordinal);
    }

    private string Squashed()
    {
        _shop.Write("start.cs", "x\n").Commit("Start");
        _shop.Branch("topic").Write("a.cs", "one();\n");
        var branch = _shop.Commit("One\n\nCo-Authored-By: Claude <noreply@anthropic.com>\n");
        _shop.Git("update-ref", "refs/pull/7/head", "HEAD");
        _shop.Checkout("main").Write("a.cs", "one();\n").Commit("Add one (#7)");
        return branch;
    }
}
