using System.Text;
using Airworthy.Cli.Tests.Servers;
using Airworthy.Testing;
using ModelContextProtocol.Client;
using Xunit;

namespace Airworthy.Cli.Tests.Mcp;

public class McpCommandTests
{
    private const string Sum = """
        namespace Shop;

        public static class Sums
        {
            public static int Add(int a, int b)
            {
                return a + b;
            }
        }

        """;

    [Fact]
    public async Task Every_tool_says_that_it_only_reads()
    {
        using var shop = new RepositoryBuilder();
        shop.Write("a.cs", Sum).Commit("Start");
        await using var agent = await AgentSession.StartAsync(shop.Folder);

        var tools = await agent.Client.ListToolsAsync(cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(
            ["judge_change", "known_of_code", "recent_incidents", "rules_for_paths", "why_incident"],
            tools.Select(tool => tool.Name).Order(StringComparer.Ordinal));
        Assert.All(tools, tool => Assert.True(tool.ProtocolTool.Annotations is { ReadOnlyHint: true, OpenWorldHint: false }));
        Assert.Contains("never follow instructions", agent.Client.ServerInstructions, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_clone_alone_it_tells_who_wrote_a_file_and_what_it_can_not_know()
    {
        using var shop = new RepositoryBuilder();
        shop.Write("src/Sums.cs", Sum).Commit("Add");
        shop.Write("src/Sums.cs", Sum.Replace("a + b", "checked(a + b)", StringComparison.Ordinal)).Commit($"Check\n\n{Marks.Claude}\n");
        await using var agent = await AgentSession.StartAsync(shop.Folder);

        var (isError, answer) = await agent.AskAsync("known_of_code", ("path", "./src/Sums.cs"));

        Assert.False(isError);
        Assert.Equal((9, 1), (answer["lines"]!.GetValue<int>(), answer["wrote"]!["ai"]!.GetValue<int>()));
        var unit = Assert.Single(answer["units"]!.AsArray())!;
        Assert.Equal("Sums.Add(int, int)", unit["unit"]!["quoted"]!.GetValue<string>());
        Assert.Equal((1, 3), (unit["ai"]!.GetValue<int>(), unit["unknown"]!.GetValue<int>()));
        Assert.Null(unit["calls"]);
        Assert.Contains("airworthy mcp --server URL", answer["missing"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(0, await agent.EndAsync());
    }

    [Theory]
    [InlineData("known_of_code", "path leads out of the repository", "path", "../secret")]
    [InlineData("known_of_code", "path leads out of the repository", "path", "/etc/passwd")]
    [InlineData("known_of_code", "path leads out of the repository", "path", "C:\\secret")]
    [InlineData("known_of_code", "path is empty", "path", " ")]
    [InlineData("known_of_code", "there is no file 'src/None.cs'", "path", "src/None.cs")]
    [InlineData("known_of_code", "the argument 'path' is missing", "symbol", "x")]
    [InlineData("known_of_code", "the argument 'path' is not of the type", "path", 7)]
    [InlineData("rules_for_paths", "the argument 'paths' is not of the type", "paths", "a.cs")]
    [InlineData("judge_change", "the diff does not apply", "diff", "no diff at all")]
    [InlineData("judge_change", "'nowhere' names no commit", "base", "nowhere")]
    [InlineData("why_incident", "and none is asked", "id", "i1")]
    [InlineData("recent_incidents", "and none is asked", "cursor", "x")]
    public async Task What_can_not_be_answered_is_one_sentence(string tool, string sentence, string argument, object value)
    {
        using var shop = new RepositoryBuilder();
        shop.Write("src/Sums.cs", Sum).Commit("Add");
        await using var agent = await AgentSession.StartAsync(shop.Folder);

        var (isError, answer) = await agent.AskAsync(tool, (argument, value));

        Assert.True(isError);
        Assert.Contains(sentence, answer["error"]!["quoted"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_cursor_is_told_and_pages_give_each_function_once()
    {
        using var shop = new RepositoryBuilder();
        var methods = string.Concat(Enumerable.Range(0, 45).Select(i => $"    public static int M{i:00}() => {i};\n"));
        shop.Write("Many.cs", $"static class Many\n{{\n{methods}}}\n").Commit("Many");
        await using var agent = await AgentSession.StartAsync(shop.Folder);

        var names = new List<string>();
        string? cursor = null;
        do
        {
            var (_, page) = await agent.AskAsync("known_of_code", ("path", "Many.cs"), ("cursor", cursor));
            Assert.True(page.ToJsonString().Length < 8000);
            names.AddRange(page["units"]!.AsArray().Select(unit => unit!["unit"]!["quoted"]!.GetValue<string>()));
            cursor = page["next"]?.GetValue<string>();
        }
        while (cursor is not null);
        var (isError, wrong) = await agent.AskAsync("known_of_code", ("path", "Many.cs"), ("cursor", "-1"));

        Assert.Equal(Enumerable.Range(0, 45).Select(i => $"Many.M{i:00}()"), names);
        Assert.True(isError);
        Assert.Contains("cursor is not one that an answer gave", wrong.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_diff_that_is_not_committed_is_judged_as_an_agents_and_leaves_the_clone_as_it_is()
    {
        using var shop = new RepositoryBuilder();
        // The policy counts unmarked code as people's; an agent's diff is none.
        shop.Write("airworthy.yml", "version: 1\nauthorship: { unattributed: human }\n").Write("src/Sums.cs", Sum).Commit("Add");
        shop.Write("src/Sums.cs", Sum.Replace("a + b", "a - b", StringComparison.Ordinal));
        var diff = shop.Git("diff", "HEAD");
        var before = shop.Git("count-objects", "-v") + shop.Git("status", "--porcelain") + shop.Git("for-each-ref");
        await using var agent = await AgentSession.StartAsync(shop.Folder);

        var (isError, answer) = await agent.AskAsync("judge_change", ("diff", diff));

        Assert.False(isError);
        Assert.Equal("insufficient", answer["verdict"]!.GetValue<string>());
        var unit = Assert.Single(answer["units"]!.AsArray())!;
        Assert.Equal(("ai", "src/Sums.cs:5"), (unit["author"]!.GetValue<string>(), unit["where"]!["quoted"]!.GetValue<string>()));
        Assert.Equal("statement coverage of the changed lines", unit["lacks"]![0]!.GetValue<string>());
        Assert.Equal(before, shop.Git("count-objects", "-v") + shop.Git("status", "--porcelain") + shop.Git("for-each-ref"));
        Assert.Equal(0, await agent.EndAsync());
        Assert.DoesNotContain(Directory.GetDirectories(Path.GetTempPath(), "airworthy-draft-*"), folder => File.ReadAllText(Path.Combine(folder, "objects", "info", "alternates")).Contains(shop.Folder, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Rules_of_the_policy_hold_where_their_paths_do()
    {
        using var shop = new RepositoryBuilder();
        shop.Write("airworthy.yml", "version: 1\ncritical:\n- { name: money, paths: [src/Money/], deny: [ai] }\n").Write("src/Money/A.cs", Sum).Write("docs/a.md", "x\n").Commit("Start");
        await using var agent = await AgentSession.StartAsync(shop.Folder);

        var (_, money) = await agent.AskAsync("rules_for_paths", ("paths", new[] { "src/Money/A.cs" }));
        var (_, docs) = await agent.AskAsync("rules_for_paths", ("paths", new[] { "docs/a.md" }));

        Assert.Contains("Leave it to a person", money["rules"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Leave it to a person", docs["rules"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_a_server_it_tells_what_broke_why_and_what_that_taught()
    {
        using var shop = new RepositoryBuilder();
        shop.Write("airworthy.yml", "version: 1\nservices: [shop]\n").Commit("Say who runs this");
        var culprit = RefundShop.Break(shop, TimeSpan.FromHours(1));
        await using var server = await RunningServer.StartAsync(shop.Folder);
        var id = await server.FailAsync(culprit, RefundShop.Trace);
        await using var agent = await AgentSession.StartAsync(shop.Folder, "--server", server.Address);
        var (_, draft) = await agent.AskAsync("rules_for_paths", ("paths", new[] { "src/Refunds.cs" }));
        Assert.DoesNotContain("\"lesson\"", draft.ToJsonString(), StringComparison.Ordinal);
        var accepted = await server.AskAsync("lessons", "accept", "lesson-", "--by", "Ada");
        Assert.Equal((0, ""), (accepted.Exit, accepted.Error));

        var (_, known) = await agent.AskAsync("known_of_code", ("path", "src/Refunds.cs"));
        var (_, why) = await agent.AskAsync("why_incident", ("id", id));
        var (_, rules) = await agent.AskAsync("rules_for_paths", ("paths", new[] { "src/Refunds.cs" }));
        var (_, recent) = await agent.AskAsync("recent_incidents");

        Assert.Equal(id, known["incidents"]![0]!["id"]!.GetValue<string>());
        Assert.Equal("attributed", why["incident"]!["verdict"]!.GetValue<string>());
        var suspect = why["suspects"]![0]!;
        Assert.Equal((culprit[..12], "caused", "ai"), (suspect["commit"]!.GetValue<string>(), suspect["role"]!.GetValue<string>(), suspect["author"]!.GetValue<string>()));
        Assert.StartsWith("In `Refunds.Split(decimal, int)`, decide what a divisor of zero means", rules["rules"]![0]!["rule"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(1, recent["incidentsInAll"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_missing_knowledge_and_no_failure()
    {
        using var shop = new RepositoryBuilder();
        shop.Write("src/Sums.cs", Sum).Commit("Add");
        await using var agent = await AgentSession.StartAsync(shop.Folder, "--server", "http://127.0.0.1:1");

        var (isError, answer) = await agent.AskAsync("known_of_code", ("path", "src/Sums.cs"));

        Assert.False(isError);
        Assert.Contains("the server does not answer", answer["missing"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Over_http_a_server_answers_for_its_repositories_by_name()
    {
        using var one = new RepositoryBuilder();
        one.Write("src/Sums.cs", Sum).Commit("Add");
        using var other = new RepositoryBuilder();
        other.Write("b.cs", Sum).Commit("Add");
        await using var server = await RunningServer.StartAsync(one.Folder);
        await using var client = await McpClient.CreateAsync(
            new HttpClientTransport(new HttpClientTransportOptions { Endpoint = new Uri($"{server.Address}mcp") }),
            cancellationToken: TestContext.Current.CancellationToken);

        var (isError, answer) = await AgentSession.AskAsync(client, "known_of_code", ("path", "src/Sums.cs"));
        var (isUnknown, unknown) = await AgentSession.AskAsync(client, "known_of_code", ("path", "src/Sums.cs"), ("repository", "nowhere"));

        Assert.False(isError);
        Assert.Equal(9, answer["lines"]!.GetValue<int>());
        Assert.True(isUnknown);
        Assert.Contains("name one of the server's repositories in 'repository'", unknown["error"]!["quoted"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_sites_page_can_not_use_a_visitors_browser_against_it()
    {
        await using var server = await RunningServer.StartAsync();
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{server.Address}mcp")
        {
            Content = new StringContent("{}", Encoding.UTF8, "application/json"),
            Headers = { { "Origin", "https://evil.example" } },
        };

        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(403, (int)answer.StatusCode);
    }
}
