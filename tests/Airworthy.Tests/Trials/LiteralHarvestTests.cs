using Airworthy.Trials.Running;
using Xunit;

namespace Airworthy.Tests.Trials;

/// <summary>What inputs are made of that stands in tests.</summary>
public sealed class LiteralHarvestTests
{
    private const string Code = """
        namespace Code;
        public interface IRule { string Apply(string text); }
        internal sealed class GridTableRule : IRule
        {
            public string Apply(string text) => text == "+" + "--" + "+" ? "GRID" : text;
        }
        public static class Page
        {
            private static readonly IRule[] s_rules = [new GridTableRule()];
            public static string Read(string text) { foreach (var rule in s_rules) { text = rule.Apply(text); } return text; }
        }
        """;

    [Fact]
    public async Task What_tests_of_a_type_give_to_a_helper_goes_in_where_the_library_is_entered()
    {
        using var sides = new TwoSides
        {
            Tests =
            {
                ["Checks.cs"] = "class Checks { public static void Check(string text) { Page.Read(text); } }",
                ["GridTablesTests.cs"] = "class GridTablesTests { void A_line_is_a_grid() { Checks.Check(\"+--+\"); } }",
            },
        };
        var results = await sides.TryAsync(Code, Code.Replace("GRID", "grid", StringComparison.Ordinal), 300, TestContext.Current.CancellationToken);
        var difference = Assert.Single(results.Single(result => result.Kind == "differential" && sides.Plan!.Units[result.Unit].Name.StartsWith("Page.Read(", StringComparison.Ordinal)).Differences);
        Assert.Equal("Page.Read(\"+--+\")", difference.Input);
        Assert.Equal(TrialStatus.Different, results.First(result => result.Differences.Length > 0).Status);
    }
}
