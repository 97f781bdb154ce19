using System.Text;
using System.Text.Json;
using Airworthy.Testing;
using Xunit;

namespace Airworthy.Cli.Tests.Attributions;

/// <summary><c>attribute</c> on a real repository: its answers, its JSON, and what it says to input that is none.</summary>
public sealed class AttributeCommandTests : IDisposable
{
    private readonly RepositoryBuilder _shop = new();
    private readonly string _culprit;

    public AttributeCommandTests()
    {
        _culprit = RefundShop.Break(_shop, TimeSpan.FromDays(90));
        File.WriteAllText(Path.Combine(_shop.Folder, "crash.txt"), RefundShop.Trace);
        File.WriteAllText(Path.Combine(_shop.Folder, "empty.txt"), " \n");
        File.WriteAllText(Path.Combine(_shop.Folder, "prose.txt"), "It broke.\nPlease help.\n");
        File.WriteAllBytes(Path.Combine(_shop.Folder, "binary.dat"), [0, 159, 146, 150, 0, 1, 2, 3]);
        File.WriteAllText(Path.Combine(_shop.Folder, "elsewhere.txt"), "System.Exception: x\n   at System.Text.Json.JsonSerializer.Read()\n");
    }

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task An_attributed_failure_names_commit_author_and_reasons()
    {
        var run = await RunAsync("--stack", "crash.txt", "--rev", "main");

        Assert.Equal(0, run.Exit);
        Assert.StartsWith("ATTRIBUTED  confidence 0.", run.Out, StringComparison.Ordinal);
        Assert.Contains($"{_culprit[..12]}  \"Split as asked\"  caused it", run.Out, StringComparison.Ordinal);
        Assert.Contains("owns the failing line src/Refunds.cs:7 (frame 2, in-app)", run.Out, StringComparison.Ordinal);
        Assert.Contains("written by: ai · claude-code", run.Out, StringComparison.Ordinal);
        Assert.Empty(run.Error);
    }

    [Fact]
    public async Task The_commit_where_a_shallow_clone_is_cut_off_is_not_convicted()
    {
        using var clone = _shop.Clone("--depth", "1");
        File.Copy(Path.Combine(_shop.Folder, "crash.txt"), Path.Combine(clone.Folder, "crash.txt"));

        var run = await CliRun.InAsync(clone.Folder, "attribute", "--stack", "crash.txt");

        Assert.Equal(2, run.Exit);
        Assert.Contains("as old as the clone's history or older", run.Out, StringComparison.Ordinal);
        Assert.Contains("git fetch --unshallow", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_is_of_the_promised_shape()
    {
        var run = await RunAsync("--stack", "crash.txt", "--rev", "main", "--format", "json");

        Assert.Equal(0, run.Exit);
        using var json = JsonDocument.Parse(run.Out);
        var answer = json.RootElement;
        Assert.Equal(["verdict", "reason", "confidence", "revision", "frames", "suspects"], Names(answer));
        Assert.Equal("attributed", answer.GetProperty("verdict").GetString());
        Assert.InRange(answer.GetProperty("confidence").GetDouble(), 0.5, 1);
        Assert.Equal(["sha", "source", "degraded"], Names(answer.GetProperty("revision")));
        Assert.Equal($$"""{"sha":"{{_culprit}}","source":"given","degraded":false}""", JsonSerializer.Serialize(answer.GetProperty("revision")));
        Assert.Equal(["symbol", "file", "line", "path", "unit", "inApp"], Names(answer.GetProperty("frames")[1]));
        Assert.Equal("src/Refunds.cs", answer.GetProperty("frames")[1].GetProperty("path").GetString());
        var suspect = answer.GetProperty("suspects")[0];
        Assert.Equal(["sha", "change", "role", "score", "proof", "reasons", "features", "authorship", "agents"], Names(suspect));
        Assert.Equal(["name", "value", "logOdds"], Names(suspect.GetProperty("features")[0]));
        Assert.Equal((_culprit, "caused", "ai"), (Text(suspect, "sha"), Text(suspect, "role"), Text(suspect, "authorship")));
        Assert.Equal(["agent", "model", "session"], Names(suspect.GetProperty("agents")[0]));
        Assert.Equal(JsonValueKind.Null, suspect.GetProperty("proof").ValueKind);
    }

    [Fact]
    public async Task Standard_input_is_read_and_without_a_revision_the_tip_is_blamed_and_said_to_be()
    {
        using var input = new MemoryStream(Encoding.UTF8.GetBytes(RefundShop.Trace));

        var run = await CliRun.InAsync(_shop.Folder, input, "attribute", "--stack", "-", "--format", "json");

        using var json = JsonDocument.Parse(run.Out);
        Assert.Equal((0, "branch-tip"), (run.Exit, Text(json.RootElement.GetProperty("revision"), "source")));
        Assert.True(json.RootElement.GetProperty("revision").GetProperty("degraded").GetBoolean());
        Assert.Equal(_culprit, Text(json.RootElement.GetProperty("suspects")[0], "sha"));
    }

    [Fact]
    public async Task What_landed_after_it_was_seen_is_no_suspect()
    {
        var run = await RunAsync("--stack", "crash.txt", "--rev", "main", "--at", "2026-03-03", "--format", "json");

        using var json = JsonDocument.Parse(run.Out);
        Assert.DoesNotContain(json.RootElement.GetProperty("suspects").EnumerateArray(), suspect => Text(suspect, "sha") == _culprit);
    }

    [Fact]
    public async Task Explained_the_features_add_up_to_each_suspects_score()
    {
        var run = await RunAsync("--stack", "crash.txt", "--rev", "main", "--explain");

        Assert.Equal(0, run.Exit);
        Assert.Matches($@"  {_culprit[..12]}  belief 0\.\d+  log-odds \d+\.\d+\n +\+\d\.\d\d  \w+", run.Out);
        Assert.Contains("owns line 1.00", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cause_that_the_last_good_release_had_already_is_said_to_be_older()
    {
        _shop.Write("README.md", "Refunds.\n").Commit("Describe refunds");
        var older = await RunAsync("--stack", "crash.txt", "--rev", "main", "--since", _culprit);
        Assert.Contains("was there before the last good release", older.Out, StringComparison.Ordinal);

        var release = await RunAsync("--stack", "crash.txt", "--rev", "main", "--since", _culprit + "~1");
        Assert.Contains("came with this release", release.Out, StringComparison.Ordinal);

        var wrong = await RunAsync("--stack", "crash.txt", "--rev", _culprit + "~1", "--since", "main");
        Assert.Equal(64, wrong.Exit);
        Assert.Contains("is not in the history of", wrong.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_trial_found_of_the_failing_function_speaks_against_the_change_that_was_tried()
    {
        await EvidenceAsync("bad.json", "M:Shop.Refunds.Split(System.Decimal,System.Int32)", bad: 3);
        await EvidenceAsync("elsewhere.json", "M:Shop.Orders.Add", bad: 3);
        await EvidenceAsync("fine.json", "M:Shop.Refunds.Split(System.Decimal,System.Int32)", bad: 0);
        await File.WriteAllTextAsync(Path.Combine(_shop.Folder, "broken.json"), "{", TestContext.Current.CancellationToken);

        var bad = await RunAsync("--stack", "crash.txt", "--rev", "main", "--explain", "--evidence", "bad.json");
        var others = await RunAsync("--stack", "crash.txt", "--rev", "main", "--explain", "--evidence", "elsewhere.json", "fine.json");
        var broken = await RunAsync("--stack", "crash.txt", "--rev", "main", "--evidence", "broken.json");

        Assert.Contains("trial", Evidence(bad), StringComparison.Ordinal);
        Assert.DoesNotContain("trial", Evidence(others), StringComparison.Ordinal);
        Assert.Equal((0, 0, 65, ""), (bad.Exit, others.Exit, broken.Exit, broken.Out));
        Assert.Contains("broken.json", broken.Error, StringComparison.Ordinal);

        Task EvidenceAsync(string file, string unit, int bad) => File.WriteAllTextAsync(
            Path.Combine(_shop.Folder, file),
            $$"""{"evidence":[{"kind":"trial","source":"airworthy trial","unit":"{{unit}}","path":"src/Refunds.cs","revision":"{{_culprit}}","count":40,"bad":{{bad}},"instances":0}]}""",
            TestContext.Current.CancellationToken);

        string Evidence(CliRun run) => run.Out[run.Out.IndexOf($"  {_culprit[..12]}  belief", StringComparison.Ordinal)..].Split("\n  ", 2)[1];
    }

    [Fact]
    public async Task A_trace_of_files_that_are_gone_or_moved_since_is_blamed_where_it_ran()
    {
        var ran = _shop.Head;
        _shop.Delete("src/Refunds.cs").Commit("Drop refunds");

        Assert.Contains(_culprit[..12], (await RunAsync("--stack", "crash.txt", "--rev", ran)).Out, StringComparison.Ordinal);
        Assert.Equal(2, (await RunAsync("--stack", "crash.txt", "--rev", "main")).Exit);
    }

    [Theory]
    [InlineData("../../../../etc/passwd")]
    [InlineData("/etc/passwd")]
    [InlineData("link/Refunds.cs")]
    public async Task Files_outside_are_never_the_repositorys(string file)
    {
        await File.WriteAllTextAsync(Path.Combine(_shop.Folder, "odd.txt"), $"System.Exception: x\n   at A.B.C() in {file}:line 1\n", TestContext.Current.CancellationToken);

        var run = await RunAsync("--stack", "odd.txt", "--rev", "main");

        Assert.DoesNotContain("root:", run.Out, StringComparison.Ordinal);
        Assert.Equal(2, run.Exit);
    }

    [Fact]
    public async Task A_trace_of_other_code_is_not_attributable_and_says_why()
    {
        var text = await RunAsync("--stack", "elsewhere.txt", "--rev", "main");
        var run = await RunAsync("--stack", "elsewhere.txt", "--rev", "main", "--format", "json");

        Assert.Equal((2, 2), (text.Exit, run.Exit));
        Assert.StartsWith("NOT ATTRIBUTABLE\n  the only frame is outside this repository", text.Out, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(run.Out);
        Assert.Equal("not-attributable", Text(json.RootElement, "verdict"));
        Assert.Equal(0, json.RootElement.GetProperty("suspects").GetArrayLength());
    }

    [Theory]
    [InlineData(64, "--stack", "attribute")]
    [InlineData(64, "'xml'", "attribute", "--stack", "crash.txt", "--format", "xml")]
    [InlineData(64, "--revision", "attribute", "--stack", "crash.txt", "--revision", "main")]
    [InlineData(64, "--at 'yesterday' is not a time; write it like 2026-03-02T09:15:00Z", "attribute", "--stack", "crash.txt", "--at", "yesterday")]
    [InlineData(65, "'empty.txt' is empty", "attribute", "--stack", "empty.txt")]
    [InlineData(65, "standard input is empty", "attribute", "--stack", "-")]
    [InlineData(65, "no stack trace is found in 'prose.txt': known are dotnet", "attribute", "--stack", "prose.txt")]
    [InlineData(65, "no stack trace is found in 'binary.dat'", "attribute", "--stack", "binary.dat")]
    [InlineData(65, "'nowhere.txt' can't be read", "attribute", "--stack", "nowhere.txt")]
    [InlineData(65, "'src' can't be read", "attribute", "--stack", "src")]
    [InlineData(64, "'v99'", "attribute", "--stack", "crash.txt", "--rev", "v99")]
    [InlineData(64, "/", "attribute", "/", "--stack", "crash.txt")]
    public async Task What_can_not_be_answered_is_one_sentence_and_its_exit_code(int exit, string told, params string[] arguments)
    {
        var run = await CliRun.InAsync(_shop.Folder, arguments);

        Assert.Equal(exit, run.Exit);
        Assert.Contains(told, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Out);
    }

    private Task<CliRun> RunAsync(params string[] arguments) => CliRun.InAsync(_shop.Folder, ["attribute", .. arguments]);

    private static IEnumerable<string> Names(JsonElement of) => of.EnumerateObject().Select(property => property.Name);

    private static string? Text(JsonElement of, string name) => of.GetProperty(name).GetString();
}
