using System.Text.Json;
using Airworthy.Testing;
using Xunit;

namespace Airworthy.Cli.Tests;

/// <summary><c>policy</c> on a policy with a bit of everything.</summary>
public sealed class PolicyCommandTests : IDisposable
{
    private const string Policy = """
        version: 1
        critical:
          - { name: payments, paths: [src/Pay/], owner: "@payments", deny: [ai] }
          - { name: stock, paths: [src/Stock/] }
        evidence:
          - { name: covered, except: [docs/], require: [statement-coverage: 0.9] }
          - { name: read, critical: any, authorship: [human, ai], require: [human-review] }
        exceptions:
          - { rule: evidence/covered, paths: [src/Old/], by: Ada, reason: it goes away, until: 2020-01-31 }

        """;

    private readonly RepositoryBuilder _shop = new();

    public PolicyCommandTests() => _shop.Write("airworthy.yml", Policy);

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task Check_counts_what_is_there_and_tells_what_lapsed_or_has_no_owner()
    {
        var run = await RunAsync("check");

        Assert.Equal(
            ["airworthy.yml is a policy: 2 critical areas, 3 rules, 1 exception", "! lapsed, and holds no longer: evidence/covered in src/Old/, by Ada until 2020-01-31: it goes away", "! nobody is named as the owner of stock"],
            run.Lines);
        Assert.Equal((0, ""), (run.Exit, run.Error));
    }

    [Fact]
    public async Task Check_tells_a_mistake_with_its_line_and_column()
    {
        _shop.Write("airworthy.yml", "version: 1\nevidense: []\n");

        var run = await RunAsync("check");

        Assert.Equal((65, "airworthy: airworthy.yml:2:1: unknown key 'evidense' in the policy; did you mean 'evidence'?"), (run.Exit, run.Error.Trim()));
    }

    [Fact]
    public async Task Check_of_a_file_that_is_not_there_says_what_holds_then()
    {
        var run = await RunAsync("check", "other.yml");

        Assert.Equal(65, run.Exit);
        Assert.Contains("there is no other.yml; without one the default policy holds", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rule_is_explained_with_where_it_holds_and_who_is_let_off()
    {
        var run = await RunAsync("explain", "evidence/covered");

        Assert.Equal(
            [
                "evidence/covered",
                "  ai and unknown code needs statement coverage of the changed lines (at least 0.9)",
                "  everywhere",
                "  not in docs/",
                "  without it a change is insufficient; below what is asked, it fails",
                "  lapsed: evidence/covered in src/Old/, by Ada until 2020-01-31: it goes away",
            ],
            run.Lines);
    }

    [Fact]
    public async Task A_path_is_explained_by_who_may_write_it_and_what_that_needs()
    {
        var run = await RunAsync("explain", "src/Pay/Refund.cs");

        Assert.Equal(
            [
                "src/Pay/Refund.cs",
                "  critical: payments (high), @payments answers for it",
                "  deny/payments: ai code may not change it",
                "  ai code:",
                "    evidence/covered: statement coverage of the changed lines (at least 0.9)",
                "    evidence/read: a review by a named person in the critical areas payments, stock",
                "  unknown code:",
                "    evidence/covered: statement coverage of the changed lines (at least 0.9)",
                "  human code:",
                "    evidence/read: a review by a named person in the critical areas payments, stock",
            ],
            run.Lines);
    }

    [Fact]
    public async Task A_rule_that_is_not_there_is_told_with_those_that_are()
    {
        var run = await RunAsync("explain", "evidence/cover");

        Assert.Equal(65, run.Exit);
        Assert.Contains("the policy has no rule 'evidence/cover'; it has deny/payments, evidence/covered, evidence/read", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_schema_is_one()
    {
        using var schema = JsonDocument.Parse((await RunAsync("schema")).Out);

        Assert.Equal("https://json-schema.org/draft/2020-12/schema", schema.RootElement.GetProperty("$schema").GetString());
    }

    private Task<CliRun> RunAsync(params string[] arguments) => CliRun.InAsync(_shop.Folder, ["policy", .. arguments]);
}
