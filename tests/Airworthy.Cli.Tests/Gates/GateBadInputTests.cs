using Airworthy.Testing;
using Xunit;

namespace Airworthy.Cli.Tests.Gates;

/// <summary>The gate with reports, policies and histories that are broken: one sentence and an exit code, or a verdict that says what it left out.</summary>
public sealed class GateBadInputTests(GateBadInputTests.Change change) : IClassFixture<GateBadInputTests.Change>
{
    [Theory]
    [InlineData("--coverage", "", "is empty")]
    [InlineData("--coverage", "<coverage line-rate=\"1\"><packages><class filename=\"src/Pay.cs\"><line number=\"7\"", "is not well-formed XML")]
    [InlineData("--coverage", "<testsuites/>", "is no coverage report that is known")]
    [InlineData("--coverage", "<!DOCTYPE c [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><coverage line-rate=\"1\"><sources><source>&a;</source></sources></coverage>", "entities are not read")]
    [InlineData("--mutation", "", "is empty")]
    [InlineData("--mutation", "{\"schemaVersion\":\"2\",\"files\":{", "is not well-formed JSON")]
    [InlineData("--mutation", "<coverage line-rate=\"1\"/>", "is no mutation report that is known")]
    [InlineData("--tests", "", "is empty")]
    [InlineData("--tests", "<testsuites><testcase", "is not well-formed XML")]
    [InlineData("--tests", "mode: set\n", "is no test report that is known")]
    [InlineData("--sarif", "", "is empty")]
    [InlineData("--sarif", "{\"runs\":[", "is not well-formed JSON")]
    [InlineData("--sarif", "[]", "is no SARIF log")]
    [InlineData("--evidence", "", "is empty")]
    [InlineData("--evidence", "{\"evidence\":[{", "is not well-formed JSON")]
    [InlineData("--evidence", "{\"evidence\":[{\"kind\":\"trial\",\"sauce\":1}]}", "sauce")]
    [InlineData("--reviews", "", "is not JSON")]
    [InlineData("--reviews", "{\"title\":\"x\"}", "is no review")]
    public async Task A_report_that_is_none_is_refused_in_one_sentence(string option, string content, string told)
    {
        await File.WriteAllTextAsync(change.Report, content, TestContext.Current.CancellationToken);

        var run = await CliRun.InAsync(change.Shop.Folder, "gate", "--base", "HEAD~1", option, change.Report);

        Assert.Equal((65, ""), (run.Exit, run.Out));
        Assert.StartsWith("airworthy: ", run.Error, StringComparison.Ordinal);
        Assert.Contains(told, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd('\n').Split('\n'));
    }

    [Theory]
    [InlineData("D:\\a\\1\\s\\src\\Pay.cs")]
    [InlineData("C:\\build/agent\\s/src\\Pay.cs")]
    [InlineData("/home/runner/work/shop/src/Pay.cs")]
    public async Task A_report_of_another_system_covers_the_change(string path)
    {
        await File.WriteAllTextAsync(change.Report, $"SF:{path}\nDA:7,1\nend_of_record\n", TestContext.Current.CancellationToken);

        Assert.Equal(0, (await CliRun.InAsync(change.Shop.Folder, "gate", "--base", "HEAD~1", "--coverage", change.Report)).Exit);
    }

    [Fact]
    public async Task A_base_that_is_no_ancestor_is_compared_by_where_the_two_parted()
    {
        var run = await CliRun.InAsync(change.Shop.Folder, "gate", "--base", "main", "--head", "topic");

        Assert.Equal(2, run.Exit);
        Assert.Contains("1 changed line in 1 file", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("Later.cs", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Histories_that_share_nothing_are_refused()
    {
        var run = await CliRun.InAsync(change.Shop.Folder, "gate", "--base", "main", "--head", "stranger");

        Assert.Equal((65, ""), (run.Exit, run.Out));
        Assert.Contains("share no history", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_exception_that_lapsed_lifts_nothing_and_is_told()
    {
        var lapsed = await CliRun.InAsync(change.Shop.Folder, "gate", "--base", "lapsed~1", "--head", "lapsed");
        var holding = await CliRun.InAsync(change.Shop.Folder, "gate", "--base", "holding~1", "--head", "holding");

        Assert.Equal((2, 0), (lapsed.Exit, holding.Exit));
        Assert.Contains("lapsed", lapsed.Out, StringComparison.Ordinal);
        Assert.Contains("by Ada until 2020-01-31", lapsed.Out, StringComparison.Ordinal);
        Assert.Contains("by Ada until 2999-01-31", holding.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_policy_of_the_base_that_contradicts_itself_is_told_with_its_place()
    {
        var run = await CliRun.InAsync(change.Shop.Folder, "gate", "--base", "torn~1", "--head", "torn");

        Assert.Equal((65, ""), (run.Exit, run.Out));
        Assert.Matches("^airworthy: airworthy.yml@[0-9a-f]{12}:3:33: the rule asks evidence of agents that may not write here", run.Error);
    }

    /// <summary>One repository for all: an agent's change on main, and branches with what the tests need.</summary>
    public sealed class Change : IDisposable
    {
        public Change()
        {
            Shop.Write("src/Pay.cs", Source(1)).Commit("Start");
            foreach (var (name, policy) in new[]
            {
                ("topic", ""),
                ("lapsed", Exception("2020-01-31")),
                ("holding", Exception("2999-01-31")),
                ("torn", "version: 1\nagents: { allow: [\"claude*\"] }\nevidence: [{ name: odd, agents: [\"copilot\"], require: [trial] }]\n"),
            })
            {
                Shop.Branch(name, "main");
                if (policy.Length > 0)
                {
                    Shop.Write("airworthy.yml", policy).Commit("Say what is asked");
                }

                Shop.Write("src/Pay.cs", Source(3)).Commit($"Pay thrice\n\n{Marks.Claude}\n");
            }

            Shop.Git("checkout", "--quiet", "--orphan", "stranger");
            Shop.Write("b.txt", "x\n").Commit("Another start");
            Shop.Checkout("main").Write("src/Later.cs", Source(9).Replace("Pay", "Later", StringComparison.Ordinal)).Commit("Main goes on");
            Shop.Write("src/Pay.cs", Source(2)).Commit($"Pay twice\n\n{Marks.Claude}\n");
        }

        public RepositoryBuilder Shop { get; } = new();

        public string Report => Path.Combine(Shop.Folder, ".git", "report");

        public void Dispose() => Shop.Dispose();

        private static string Exception(string until) =>
            $"version: 1\nexceptions: [{{ rule: evidence/covered, by: Ada, reason: it goes away, until: {until} }}]\n";

        private static string Source(int answer) => $"namespace Shop;\n\npublic static class Pay\n{{\n    public static int Answer(int of)\n    {{\n        return of * {answer};\n    }}\n}}\n";
    }
}
