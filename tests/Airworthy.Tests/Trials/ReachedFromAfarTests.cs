using Airworthy.Trials.Running;
using Xunit;

namespace Airworthy.Tests.Trials;

/// <summary>Changed members that nothing calls by their name are come to by where a library is entered.</summary>
public sealed class ReachedFromAfarTests
{
    private const string Code = """
        using System.Collections.Generic; using System.Linq;
        namespace Code;
        public abstract class Token { }
        public abstract class Node { internal Node(Token token) { } }
        public sealed class ListNode : Node { internal ListNode(Token token) : base(token) { } }
        public sealed class Document : Node { internal Document(List<Node> nodes, Token token) : base(token) => Nodes = nodes; internal List<Node> Nodes { get; } }
        public static class Documents
        {
            public static Document Parse(string text) => new Document(text.Where(c => c == '-').Select(Node (_) => new ListNode(null!)).ToList(), null!);
            public static string ToText(string text) => "text";
            public static string ToText(string text, Renderer? renderer = null) => renderer?.Write(Parse(text)) ?? text;
        }
        public abstract class Rule { public abstract bool Takes(Node node); public abstract string Apply(Renderer renderer, Node node); }
        public abstract class Rule<T> : Rule where T : Node
        {
            public override bool Takes(Node node) => node is T;
            public override string Apply(Renderer renderer, Node node) => Write(renderer, (T)node);
            protected abstract string Write(Renderer renderer, T node);
        }
        public sealed class GridTableRule : Rule<ListNode>
        {
            protected override string Write(Renderer renderer, ListNode node) { return "list"; }
        }
        public sealed class Renderer
        {
            private static readonly Rule[] s_rules = [new GridTableRule()];
            public string Write(Node node) => node is Document document ? string.Concat(document.Nodes.Select(Write)) : s_rules.First(rule => rule.Takes(node)).Apply(this, node);
        }
        public interface ICheck { string Of(string text); }
        internal sealed class SignCheck : ICheck { public string Of(string text) { return text == "+" + "--" + "+" ? "sign" : text; } }
        public static class Page
        {
            private static readonly ICheck[] s_checks = [new SignCheck()];
            public static string Read(string text) { foreach (var check in s_checks) { text = check.Of(text); } return text; }
        }
        internal sealed class StarCheck : ICheck { public string Of(string text) { return text == "*" + "--" + "*" ? "star" : text; } }
        public sealed class Script
        {
            private static readonly ICheck[] s_checks = [new StarCheck()];
            private readonly string _text;
            private Script(string text) => _text = text;
            public static Script Parse(string text) => new Script(text);
            public string Run() { var text = _text; foreach (var check in s_checks) { text = check.Of(text); } return text; }
        }
        """;

    [Theory]
    [InlineData("list", "Renderer.Write(", "new Renderer().Write(Documents.Parse(\"-\"))")]
    [InlineData("list", "Documents.ToText(string, Renderer?)", "Documents.ToText(\"-\", new Renderer())")]
    [InlineData("sign", "Page.Read(", "Page.Read(\"+--+\")")]
    [InlineData("star", "Script.Run(", "Script.Parse(\"*--*\").Run()")]
    public async Task A_change_is_shown_where_the_library_is_entered(string changed, string entered, string input)
    {
        using var sides = new TwoSides
        {
            Tests =
            {
                ["Checks.cs"] = "class Checks { public static void Check(string text) { Page.Read(text); Documents.ToText(text); Script.Parse(text).Run(); } }",
                // What these say, no code says: a helper calls the library.
                ["SignChecksTests.cs"] = "class SignChecksTests { void A_line_is_a_sign() { Checks.Check(\"+--+\"); } }",
                ["StarChecksTests.cs"] = "class StarChecksTests { void A_line_is_a_star() { Checks.Check(\"*--*\"); } }",
            },
        };
        var results = await sides.TryAsync(Code, Code.Replace(changed, "other", StringComparison.Ordinal), 1000, TestContext.Current.CancellationToken);
        var result = results.Single(one => one.Kind == "differential" && sides.Plan!.Units[one.Unit].Name.StartsWith(entered, StringComparison.Ordinal));
        Assert.Equal(TrialStatus.Different, result.Status);
        Assert.Equal(input, Assert.Single(result.Differences).Input);
    }
}
