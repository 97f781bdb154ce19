using System.Collections.Immutable;
using Airworthy.Trials.Running;
using Xunit;

namespace Airworthy.Tests.Trials;

/// <summary>Code that gives functions, and code whose types offer the same name twice.</summary>
public sealed class GivenFunctionTests
{
    private const string Code = """
        using System; using System.Collections.Generic;
        namespace Code;
        public delegate string Parser(string text);
        public class Named { protected object? Of => null; public object? Part { get; set; } }
        public sealed class Page : Named
        {
            private Page(string text) => Text = text;
            public string Text { get; }
            public new string? Part { get; set; }
            public static Page Load(string text) => new Page(text);
            public static List<T> Load<T>(string text) => new();
        }
        public static class Parsers
        {
            public static int Limit { get; } = 8;
            public static Parser Digit { get; } = text => text.Length > 0 && char.IsDigit(text[0]) ? text[..1] : "none";
            public static Parser Until(string end) { return text => text.IndexOf(end, StringComparison.Ordinal) is >= 0 and var at ? text[..at] : "none"; }
            public static Parser Twice(Parser parser) { return text => parser(text) + parser(text); }
            public static string Show(Page page) { return page.Text.ToUpperInvariant(); }
        }
        """;

    [Theory]
    [InlineData("text[..at]", "text[..(at + 1)]", "Parsers.Until(string)", "Parsers.Until(\"\")(\"a\")")]
    [InlineData("char.IsDigit(text[0])", "text[0] is >= '0' and <= '9'", "Parsers.get_Digit", "Parsers.Digit(\"\\u0663\")")]
    [InlineData("= 8;", "= 9;", "Parsers.get_Limit", "Parsers.Limit")]
    [InlineData("page.Text.ToUpperInvariant()", "page.Text", "Parsers.Show(Page)", "Parsers.Show(Page.Load(\"a\"))")]
    public async Task What_a_member_gives_is_called_and_seen(string from, string to, string member, string input)
    {
        var difference = Assert.Single(await TryAsync(from, to, member), one => one.Kind == DifferenceKind.Value);
        Assert.Equal(input, difference.Input);
        Assert.NotNull(difference.Test);
    }

    [Fact]
    public async Task A_function_that_takes_another_is_given_one_that_the_code_offers() =>
        // A made-up one gives a text at best, whatever it is asked.
        Assert.Contains(await TryAsync("parser(text) + parser(text)", "parser(text) is \"4\" ? \"four\" : parser(text) + parser(text)", "Parsers.Twice(Parser)"), one => one.Input.Contains("Parsers.Digit", StringComparison.Ordinal) || one.Input.Contains("=> \"4\"", StringComparison.Ordinal));

    private static async Task<ImmutableArray<TrialDifference>> TryAsync(string from, string to, string member)
    {
        using var sides = new TwoSides { Kinds = ["differential"] };
        var results = await sides.TryAsync(Code, Code.Replace(from, to, StringComparison.Ordinal), 20_000, TestContext.Current.CancellationToken);
        return results.Single(one => sides.Plan!.Units[one.Unit].Name == member).Differences;
    }
}
