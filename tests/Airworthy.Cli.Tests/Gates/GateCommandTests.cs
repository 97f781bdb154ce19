using System.Text.Json;
using Airworthy.Testing;
using Xunit;

namespace Airworthy.Cli.Tests.Gates;

/// <summary><c>gate</c> on real changes: its exit code, and the same verdict as text, JSON and Markdown.</summary>
public sealed class GateCommandTests : IDisposable
{
    private const string Denying = "version: 1\ncritical:\n  - name: payments\n    paths: [\"src/Pay.cs\"]\n    owner: \"@payments\"\n    deny: [ai]\n";

    private readonly RepositoryBuilder _shop = new();

    public GateCommandTests() =>
        _shop.Write("airworthy.yml", Denying).Write("src/Pay.cs", Source("Pay", 1)).Write("src/Other.cs", Source("Other", 1)).Write("notes.txt", "one\n").Commit("Start");

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task A_change_that_the_policy_denies_fails_with_1_and_names_who_answers_for_the_code()
    {
        _shop.Write("src/Pay.cs", Source("Pay", 2)).Commit($"Pay twice\n\n{Marks.Claude}\n");

        var run = await GateAsync();

        Assert.Equal((1, ""), (run.Exit, run.Error));
        Assert.Equal("FAIL  1 of 1 changed unit may not be changed by who changed it", run.Lines.First());
        Assert.Contains("payments denies changes by ai code; @payments answers for it", run.Out, StringComparison.Ordinal);
        Assert.Contains("  1 changed line in 1 file: ai 1 · unknown 0 · human 0", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evidence_that_is_asked_for_and_not_there_is_not_known_and_2()
    {
        _shop.Write("src/Other.cs", Source("Other", 2)).Commit($"Other\n\n{Marks.Claude}\n");

        var run = await GateAsync();

        Assert.Equal(2, run.Exit);
        Assert.Equal("INSUFFICIENT  1 of 1 changed unit lacks evidence its policy asks for", run.Lines.First());
    }

    [Fact]
    public async Task A_report_tells_which_changed_lines_no_test_executed_and_what_to_do_about_files_it_does_not_name()
    {
        _shop.Write("src/Other.cs", Source("Other", 2)).Write("src/New.cs", Source("New", 1)).Commit($"Other\n\n{Marks.Claude}\n");
        _shop.Write("lcov.info", "SF:src/Other.cs\nDA:7,0\nend_of_record\n");

        var run = await GateAsync("--coverage", "lcov.info");

        Assert.Equal(1, run.Exit);
        Assert.Contains("tests execute 0 of 1 changed statement, not line 7", run.Out, StringComparison.Ordinal);
        Assert.Contains("> have tests load the files that no report names, or leave them out of the rule ('except:' in airworthy.yml)", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("dotnet test", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_of_which_nothing_is_asked_passes_with_0()
    {
        _shop.Write("notes.txt", "two\n").Commit("Note");

        var run = await GateAsync();

        Assert.Equal(0, run.Exit);
        Assert.StartsWith("PASS  ", run.Out, StringComparison.Ordinal);
        Assert.Contains("nothing asked of 1", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_of_the_policy_is_judged_by_the_one_before_and_told()
    {
        _shop.Write("airworthy.yml", "version: 1\n").Write("src/Pay.cs", Source("Pay", 2)).Commit($"Allow myself\n\n{Marks.Claude}\n");

        var run = await GateAsync();

        Assert.Equal(1, run.Exit);
        Assert.Contains("! this change edits airworthy.yml; it was judged by the base's", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Programs_read_the_verdict_and_its_reasons_in_the_promised_shape()
    {
        _shop.Write("src/Pay.cs", Source("Pay", 2)).Commit($"Pay twice\n\n{Marks.Claude}\n");

        var run = await GateAsync("--format", "json");

        Assert.Equal(1, run.Exit);
        using var json = JsonDocument.Parse(run.Out);
        var root = json.RootElement;
        Assert.Equal(
            ["verdict", "reasons", "base", "head", "mergeBase", "policy", "changed", "units", "rules", "tests", "problems", "review", "reports", "exceptions", "remarks"], root.EnumerateObject().Select(property => property.Name));
        Assert.Equal("fail", root.GetProperty("verdict").GetString());
        Assert.Equal(_shop.Head, root.GetProperty("head").GetString());
        var unit = Assert.Single(root.GetProperty("units").EnumerateArray());
        Assert.Equal(("src/Pay.cs", "ai", "payments"), (
            unit.GetProperty("path").GetString(), unit.GetProperty("authorship").GetString(), unit.GetProperty("denied")[0].GetString()));
    }

    [Fact]
    public async Task Names_of_the_repository_can_not_act_in_a_comment()
    {
        _shop.Write("src/@ada <img src=x> [a](b)|c.cs", Source("Odd", 1)).Commit($"Odd\n\n{Marks.Claude}\n");

        var run = await GateAsync("--format", "markdown");

        Assert.Equal(2, run.Exit);
        Assert.StartsWith("<!-- airworthy-gate -->\n### INSUFFICIENT: ", run.Out.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.DoesNotContain("@ada", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", run.Out.Replace("\\<img", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("\\[a\\](b)\\|c.cs", run.Out, StringComparison.Ordinal);
    }

    private static string Source(string type, int answer) =>
        $"namespace Shop;\n\npublic static class {type}\n{{\n    public static int Answer(int of)\n    {{\n        return of * {answer};\n    }}\n}}\n";

    private Task<CliRun> GateAsync(params string[] more) => CliRun.InAsync(_shop.Folder, ["gate", "--base", "HEAD~1", .. more]);
}
