using Airworthy.Cli.Tests.GitHub;
using Airworthy.Testing;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace Airworthy.Cli.Tests.Gates;

/// <summary>The step of <c>action.yml</c>, run by bash as GitHub runs it, on a merge as GitHub makes it, against GitHub's API on this machine.</summary>
public sealed class GateActionTests : IDisposable
{
    private readonly RepositoryBuilder _shop = new();
    private readonly string _temp = Directory.CreateTempSubdirectory("airworthy-action-").FullName;

    public GateActionTests() => _shop.Write("src/Pay.cs", Source(1)).Commit("Start");

    public void Dispose()
    {
        _shop.Dispose();
        Directory.Delete(_temp, recursive: true);
    }

    [Fact]
    public async Task The_action_tells_the_verdict_and_keeps_one_comment_up_to_date()
    {
        await using var github = await GitHubFake.StartAsync();
        github.Comments[7] = [(1, "mallory", "<!-- airworthy-gate -->\n### PASS")];
        _shop.Git("remote", "add", "origin", $"{github.Address}acme/shop.git");
        Merge("topic", 2);
        var first = await RunAsync(github, ("coverage", ""), ("comment", "true"), ("insufficient", "warn"));
        var created = Assert.Single(github.Comments[7], comment => comment.By == "airworthy").Body;
        var writes = github.Writes;
        var again = await RunAsync(github, ("comment", "true"), ("insufficient", "warn"));
        var silent = github.Writes;
        Merge("topic2", 3, more: true);
        var later = await RunAsync(github, ("comment", "true"));

        Assert.Empty(github.Refused);
        Assert.Equal((0, 0, 2), (first.Run.Exit, again.Run.Exit, later.Run.Exit));
        Assert.Contains("verdict=insufficient", first.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(_temp, "airworthy.sarif")));
        Assert.Contains("### INSUFFICIENT: 1 of 1 changed unit lacks evidence", first.Summary, StringComparison.Ordinal);
        Assert.Contains("::warning file=src/Pay.cs,", first.Run.Out, StringComparison.Ordinal);
        Assert.Contains("comment on pull request 7: created", first.Run.Error, StringComparison.Ordinal);
        Assert.StartsWith("<!-- airworthy-gate -->\n### INSUFFICIENT: 1 of 1 changed unit", created, StringComparison.Ordinal);
        Assert.Contains("comment on pull request 7: same", again.Run.Error, StringComparison.Ordinal);
        Assert.Equal(writes, silent);
        Assert.Contains("comment on pull request 7: updated", later.Run.Error, StringComparison.Ordinal);
        Assert.Equal(["mallory", "airworthy"], github.Comments[7].Select(comment => comment.By));
        Assert.Contains("2 of 3 changed units lack evidence", github.Comments[7][1].Body, StringComparison.Ordinal);
    }

    private void Merge(string branch, int answer, bool more = false)
    {
        _shop.Branch(branch, "main").Write("src/Pay.cs", Source(answer));
        if (more)
        {
            _shop.Write("src/More.cs", Source(answer).Replace("Pay", "More", StringComparison.Ordinal));
        }

        _shop.Commit($"Pay {answer}\n\n{Marks.Claude}\n");
        _shop.Checkout("main");
        _shop.Git("checkout", "--quiet", "--detach", "main");
        _shop.Merge($"Merge {branch} into main", branch);
    }

    private async Task<(CliRun Run, string Output, string Summary)> RunAsync(GitHubFake github, params (string Name, string Value)[] inputs)
    {
        var (output, summary) = (Path.Combine(_temp, "output"), Path.Combine(_temp, "summary"));
        await File.WriteAllTextAsync(output, "", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(summary, "", TestContext.Current.CancellationToken);
        var (script, environment) = Step([.. inputs, ("token", GitHubFake.Token)]);
        foreach (var (name, value) in new[]
        {
            ("GITHUB_ACTIONS", "true"), ("GITHUB_BASE_REF", "main"), ("GITHUB_REF", "refs/pull/7/merge"), ("GITHUB_OUTPUT", output), ("GITHUB_STEP_SUMMARY", summary),
            ("RUNNER_TEMP", _temp), ("AIRWORTHY_GITHUB_URL", github.Address.ToString()), ("AIRWORTHY_CACHE", "off"),
        })
        {
            environment[name] = value;
        }

        var run = await CliProcess.BashAsync(_shop.Folder, environment, script);
        return (run, await File.ReadAllTextAsync(output, TestContext.Current.CancellationToken), await File.ReadAllTextAsync(summary, TestContext.Current.CancellationToken));
    }

    /// <summary>The action's one step, its inputs put in as GitHub does: what is not given has its default.</summary>
    private static (string Script, Dictionary<string, string> Environment) Step((string Name, string Value)[] given)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "action.yml"))));
        var root = (YamlMappingNode)yaml.Documents[0].RootNode;
        var step = (YamlMappingNode)root["runs"]["steps"][0];
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in (YamlMappingNode)step["env"])
        {
            var input = value.ToString().Replace("${{ inputs.", "", StringComparison.Ordinal).Replace(" }}", "", StringComparison.Ordinal);
            var declared = (YamlMappingNode)root["inputs"][input];
            environment[name.ToString()] = given.LastOrDefault(one => one.Name == input).Value ?? (declared.Children.TryGetValue("default", out var otherwise) ? otherwise.ToString() : "");
        }

        return (step["run"].ToString(), environment);
    }

    private static string Source(int answer) => $"namespace Shop;\n\npublic static class Pay\n{{\n    public static int Answer(int of)\n    {{\n        return of * {answer};\n    }}\n}}\n";
}
