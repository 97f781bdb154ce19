using System.Text.Json;
using Airworthy.Testing;
using Xunit;

namespace Airworthy.Cli.Tests.Provenance;

public sealed class CarryCommandTests : IDisposable
{
    private readonly RepositoryBuilder _shop = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task A_server_s_squash_of_two_agents_and_a_person_keeps_all_three()
    {
        var landed = await SquashedAsync();

        var run = await CarryAsync("--pull-request", "7", "--format", "json");

        Assert.Equal((0, ""), (run.Exit, run.Error));
        Assert.Equal(
            ["a.cs:1=claude/m", "a.cs:2=claude/m", "a.cs:3=Ada", "a.cs:4=codex/m", "a.cs:5=codex/m"], PlainNote.Lines(_shop, landed));
        using var json = JsonDocument.Parse(run.Out);
        Assert.Equal((5, 5, 1), (Number(json, "attested"), Number(json, "carried"), Number(json, "rewrittenInBranch")));
        Assert.Equal((4, 1), (Number(json.RootElement.GetProperty("to")[0], "ai"), Number(json.RootElement.GetProperty("to")[0], "human")));
    }

    [Fact]
    public async Task Carrying_again_changes_nothing()
    {
        var landed = await SquashedAsync();
        await CarryAsync("--pull-request", "7");
        var before = PlainNote.Text(_shop, landed);

        var again = await CarryAsync("--pull-request", "7");

        Assert.Equal(0, again.Exit);
        Assert.Contains("carried 0 of 5 recorded lines from 3 commits, 5 known there before", again.Out, StringComparison.Ordinal);
        Assert.Equal(before, PlainNote.Text(_shop, landed));
    }

    [Fact]
    public async Task Lines_that_the_landing_changed_are_left_out_with_the_lone_brace_beside_them()
    {
        await SquashedAsync(text => text.Replace("two();", "two(reviewed);", StringComparison.Ordinal));

        var run = await CarryAsync("--pull-request", "7");

        Assert.Equal(0, run.Exit);
        Assert.Contains("carried 3 of 5 recorded lines", run.Out, StringComparison.Ordinal);
        Assert.Equal(["a.cs:1=claude/m", "a.cs:2=claude/m", "a.cs:3=Ada"], PlainNote.Lines(_shop, "main"));
    }

    [Fact]
    public async Task A_commit_that_is_not_the_branch_s_gets_nothing()
    {
        await SquashedAsync();
        _shop.Checkout("main").Write("z.cs", "other();\n{\n}\nmore();\nthree();\n");
        var other = _shop.Commit("Another change");

        var run = await CarryAsync("--from", "main~2..refs/pull/7/head", "--to", other);

        Assert.Equal(1, run.Exit);
        Assert.Contains("refused: of 5 lines it added only 0 are the branch's", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain(other, _shop.Git("notes", "--ref=ai", "list"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_s_rebase_gives_each_commit_its_own()
    {
        _shop.Write("start.cs", "x\n").Commit("Start");
        _shop.Branch("topic").Write("a.cs", "one();\ntwo();\n");
        await CommitAsync("One", "claude");
        _shop.Write("a.cs", "one();\nbetter();\n");
        await CommitAsync("Two", "human");
        _shop.Git("update-ref", "refs/pull/9/head", "HEAD");
        _shop.Checkout("main").Write("other.cs", "y\n").Commit("Main goes on");
        _shop.Write("a.cs", "one();\ntwo();\n").Commit("One (#9)");
        _shop.Write("a.cs", "one();\nbetter();\n").Commit("Two (#9)");

        var run = await CarryAsync("--pull-request", "9");

        Assert.Equal((0, ""), (run.Exit, run.Error));
        Assert.Equal(["a.cs:1=claude/m", "a.cs:2=claude/m"], PlainNote.Lines(_shop, "main^"));
        Assert.Equal(["a.cs:2=Ada"], PlainNote.Lines(_shop, "main"));
    }

    [Fact]
    public async Task A_squash_of_a_branch_that_took_the_main_line_in_and_renamed_a_file_is_carried()
    {
        _shop.Write("a.cs", "start\n").Commit("Start");
        _shop.Branch("topic").Write("a.cs", "start\none();\n");
        await CommitAsync("One", "claude");
        _shop.Checkout("main").Write("m.cs", "main\n").Commit("Main goes on");
        _shop.Checkout("topic").Merge("Merge branch 'main' into topic", "main");
        _shop.Move("a.cs", "b.cs").Write("b.cs", "start\none();\ntwo();\n");
        await CommitAsync("Two", "codex");
        _shop.Git("checkout", "-q", "main");
        _shop.Git("merge", "-q", "--squash", "topic");
        _shop.Commit("Topic (#3)");

        var run = await CarryAsync("--from", "main^..topic", "--to", "main");

        Assert.Equal((0, ""), (run.Exit, run.Error));
        Assert.Equal(["b.cs:2=claude/m", "b.cs:3=codex/m"], PlainNote.Lines(_shop, "main"));
    }

    [Fact]
    public async Task A_request_that_was_merged_as_it_was_needs_nothing()
    {
        _shop.Write("start.cs", "x\n").Commit("Start");
        _shop.Branch("topic").Write("a.cs", "one();\n");
        await CommitAsync("One", "claude");
        _shop.Git("update-ref", "refs/pull/4/head", "HEAD");
        _shop.Checkout("main").Merge("Merge pull request #4 from ada/topic", "topic");

        var run = await CarryAsync("--pull-request", "4");

        Assert.Equal(0, run.Exit);
        Assert.Contains("merged as it was", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_recorded_is_not_known()
    {
        _shop.Write("start.cs", "x\n").Commit("Start");
        _shop.Branch("topic").Write("a.cs", "one();\n").Commit("One");
        _shop.Checkout("main").Write("a.cs", "one();\n").Commit("One (#4)");

        var run = await CarryAsync("--from", "main^..topic", "--to", "main");

        Assert.Equal(2, run.Exit);
        Assert.Contains("nothing is recorded", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("it is not said what to carry")]
    [InlineData("it is not said what to carry", "--from", "a..b")]
    [InlineData("it is not said what to carry", "--from", "a..b", "--pull-request", "3", "--to", "HEAD")]
    [InlineData("git fetch origin refs/pull/3/head:refs/pull/3/head", "--pull-request", "3")]
    [InlineData("no commit in the history of HEAD says that it landed request 5", "--pull-request", "5")]
    [InlineData("several commits name request 6", "--pull-request", "6")]
    [InlineData("is not a range", "--from", "HEAD", "--to", "HEAD")]
    [InlineData("there are no commits to carry", "--from", "HEAD..HEAD", "--to", "HEAD")]
    [InlineData("names no commit", "--from", "HEAD~1..nowhere", "--to", "HEAD")]
    public async Task What_can_t_be_carried_is_one_sentence(string sentence, params string[] arguments)
    {
        _shop.Write("a.cs", "1\n").Commit("One (#6)");
        _shop.Write("a.cs", "2\n").Commit("Two");
        _shop.Write("a.cs", "3\n").Commit("Three (#6)");
        _shop.Git("update-ref", "refs/pull/5/head", "HEAD");
        _shop.Git("update-ref", "refs/pull/6/head", "HEAD");

        var run = await CarryAsync(arguments);

        Assert.Equal((64, ""), (run.Exit, run.Out));
        Assert.Contains(sentence, run.Error, StringComparison.Ordinal);
    }

    private Task<CliRun> CarryAsync(params string[] arguments) => CliRun.InAsync(_shop.Folder, ["provenance", "carry", .. arguments]);

    private async Task<string> SquashedAsync(Func<string, string>? reviewed = null)
    {
        _shop.Write("start.cs", "x\n").Commit("Start");
        _shop.Branch("topic").Write("a.cs", "one();\n{\n}\n");
        await CommitAsync("One", "claude");
        _shop.Write("a.cs", "one();\n{\n}\ntwo();\n}\n");
        await CommitAsync("Two", "codex");
        const string Final = "one();\n{\nbyHand();\ntwo();\n}\n";
        _shop.Write("a.cs", Final);
        await CommitAsync("Three", "human");
        _shop.Git("update-ref", "refs/pull/7/head", "HEAD");
        _shop.Checkout("main").Write("other.cs", "y\n").Commit("Main goes on");
        return _shop.Write("a.cs", reviewed?.Invoke(Final) ?? Final).Commit("Topic (#7)");
    }

    private async Task CommitAsync(string message, string agent)
    {
        _shop.Commit(message);
        await CliRun.NoteAsync(_shop.Folder, agent);
    }

    private static int Number(JsonDocument json, string property) => Number(json.RootElement, property);

    private static int Number(JsonElement json, string property) => json.GetProperty(property).GetInt32();
}
