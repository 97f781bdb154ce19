using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Airworthy.Cli.Tests.Servers;
using Airworthy.Journeys;
using Airworthy.Journeys.Queries;
using Airworthy.Testing;
using Xunit;

namespace Airworthy.Cli.Tests.Mcp;

/// <summary>Fifty injection attempts as exception messages, commit subjects and file names, against everything that Airworthy says of them.</summary>
public sealed partial class HostileTextTests : IAsyncLifetime
{
    private readonly RepositoryBuilder _shop = new();
    private RunningServer _server = null!;
    private string[] _incidents = [];

    public async ValueTask InitializeAsync()
    {
        _shop.Write("airworthy.yml", "version: 1\nservices: [shop]\n").Commit("Say who runs this");
        for (var i = 0; i < HostileTexts.All.Length; i++)
        {
            var attempt = HostileTexts.All[i];
            _shop
                .Write($"src/A{i}.cs", $"namespace Shop;\n\npublic static class A{i}\n{{\n    public static int Run(int n)\n    {{\n        return 1 / n;\n    }}\n}}\n")
                .Write($"docs/{HostileTexts.FileName(attempt)}.md", "text\n")
                .Commit($"{attempt.Replace('\0', ' ')}\n\n{Marks.Claude}\n");
        }

        _server = await RunningServer.StartAsync(_shop.Folder);
        for (var i = 0; i < HostileTexts.All.Length; i++)
        {
            await _server.SendTracesAsync(Failures.Span(
                _shop.Head, $"Shop.A{i}Exception: {HostileTexts.All[i]}\n   at Shop.A{i}.Run(Int32 n) in /build/src/A{i}.cs:line 7\n", trace: i));
        }

        using var http = new HttpClient();
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        do
        {
            var text = await http.GetStringAsync(new Uri($"{_server.Address}api/incidents?limit=200"), TestContext.Current.CancellationToken);
            var list = JsonSerializer.Deserialize<IncidentList>(text, AirworthyJson.Compact)!.Incidents;
            _incidents = list.Count == HostileTexts.All.Length && list.All(incident => incident.Verdict is not null) ? [.. list.Select(incident => incident.Id)] : [];
        }
        while (_incidents.Length == 0 && await tick.WaitForNextTickAsync(TestContext.Current.CancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _shop.Dispose();
    }

    [Fact]
    public async Task No_attempt_acts_in_anything_that_is_said_of_it()
    {
        Assert.True(HostileTexts.All.Length >= 40);
        await AnswersToAgentsQuoteThemAsync();
        await InstructionFilesHoldNoneOfThemAsync();
        await TerminalsObeyNoneOfThemAsync();
        await MarkdownAndSarifShowThemAsTextAsync();
        await PagesShowThemAsTextAsync();
    }

    private async Task AnswersToAgentsQuoteThemAsync()
    {
        await using var agent = await AgentSession.StartAsync(_shop.Folder, "--server", _server.Address);
        var quoted = 0;
        foreach (var id in _incidents)
        {
            quoted += await CheckAsync(agent, "why_incident", ("id", id));
        }

        for (var i = 0; i < HostileTexts.All.Length; i += 7)
        {
            quoted += await CheckAsync(agent, "known_of_code", ("path", $"src/A{i}.cs"));
            quoted += await CheckAsync(agent, "known_of_code", ("path", $"docs/{HostileTexts.FileName(HostileTexts.All[i])}.md"));
            quoted += await CheckAsync(agent, "rules_for_paths", ("paths", new[] { $"src/A{i}.cs", HostileTexts.All[i] }));
            quoted += await CheckAsync(agent, "why_incident", ("id", HostileTexts.All[i]));
            quoted += await CheckAsync(agent, "known_of_code", ("path", "src/A1.cs"), ("revision", HostileTexts.All[i]));
            quoted += await CheckAsync(agent, "judge_change", ("base", "HEAD~3"), ("repository", HostileTexts.All[i]));
        }

        quoted += await CheckAsync(agent, "judge_change", ("base", "HEAD~40"));
        for (string? cursor = "0"; cursor is not null;)
        {
            var (_, page) = await agent.AskAsync("recent_incidents", ("cursor", cursor));
            quoted += Check(page, "recent_incidents");
            cursor = page["next"]?.GetValue<string>();
        }

        // The check would pass for answers that say nothing at all.
        Assert.True(quoted > 2 * HostileTexts.All.Length, $"only {quoted} quotations");
    }

    private static async Task<int> CheckAsync(AgentSession agent, string tool, params (string Name, object? Value)[] arguments) =>
        Check((await agent.AskAsync(tool, arguments)).Answer, tool);

    /// <summary>Outside of quotations there is nothing of theirs, inside only inert bounded text. Gives how many quotations held some.</summary>
    private static int Check(JsonNode answer, string tool)
    {
        Assert.True(answer.ToJsonString().Length < 24_000, $"{tool} answers {answer.ToJsonString().Length} characters");
        var quoted = 0;
        foreach (var (text, isQuoted) in Texts(answer, isQuoted: false))
        {
            Assert.True(isQuoted || !text.Contains(HostileTexts.Mark, StringComparison.Ordinal), $"{tool} says unquoted: {text}");
            Assert.True(text.Length <= 601 && text.EnumerateRunes().All(IsInert), $"{tool} says what is not inert: {text}");
            quoted += isQuoted && text.Contains(HostileTexts.Mark, StringComparison.Ordinal) ? 1 : 0;
        }

        return quoted;
    }

    private static IEnumerable<(string Text, bool IsQuoted)> Texts(JsonNode? node, bool isQuoted) => node switch
    {
        JsonObject some => some.SelectMany(property => Texts(property.Value, property.Key == "quoted").Append((property.Key, false))),
        JsonArray items => items.SelectMany(item => Texts(item, isQuoted)),
        JsonValue value when value.TryGetValue<string>(out var text) => [(text, isQuoted)],
        _ => [],
    };

    private async Task InstructionFilesHoldNoneOfThemAsync()
    {
        var drafts = await _server.AskAsync("lessons", "list", "--format", "json");
        foreach (var lesson in JsonNode.Parse(drafts.Out)!["lessons"]!.AsArray())
        {
            Assert.Equal(0, (await _server.AskAsync("lessons", "accept", lesson!["id"]!.GetValue<string>(), "--by", "Ada")).Exit);
        }

        var lessons = await _server.AskAsync("lessons", "list");
        var applied = await _server.AskAsync(
            "lessons", "apply", _shop.Folder, "--repository", Path.GetFileName(_shop.Folder), "--for", "agents", "claude", "copilot", "cursor");

        Assert.Equal((0, 0), (lessons.Exit, applied.Exit));
        Assert.Contains("division-by-zero|regression".Split('|'), name => lessons.Out.Contains(name, StringComparison.Ordinal));
        Assert.DoesNotContain(HostileTexts.Mark, lessons.Out, StringComparison.Ordinal);
        foreach (var file in new[] { "AGENTS.md", "CLAUDE.md", ".github/copilot-instructions.md", ".cursor/rules/airworthy.mdc" })
        {
            var written = await File.ReadAllTextAsync(Path.Combine(_shop.Folder, file), TestContext.Current.CancellationToken);
            Assert.DoesNotContain(HostileTexts.Mark, written, StringComparison.Ordinal);
            Assert.Contains("- ", written, StringComparison.Ordinal);
        }
    }

    private async Task TerminalsObeyNoneOfThemAsync()
    {
        string[][] commands =
        [
            ["incidents", "list"],
            ["changes", "list"],
            .. _incidents.Select(id => new[] { "incidents", "show", id }),
        ];
        foreach (var command in commands)
        {
            var run = await _server.AskAsync(command);
            Assert.True(run.Out.EnumerateRunes().All(rune => rune.Value == '\n' || IsInert(rune)), $"{string.Join(' ', command)} prints what a terminal obeys");
        }

        var gate = await CliRun.InAsync(_shop.Folder, "gate", "--base", "HEAD~40");
        Assert.True(gate.Out.EnumerateRunes().All(rune => rune.Value == '\n' || IsInert(rune)), "gate prints what a terminal obeys");
    }

    private async Task MarkdownAndSarifShowThemAsTextAsync()
    {
        var markdown = await CliRun.InAsync(_shop.Folder, "gate", "--base", "HEAD~40", "--format", "markdown");
        foreach (var line in markdown.Lines.Where(line => !line.StartsWith("<!-- airworthy-gate -->", StringComparison.Ordinal)))
        {
            Assert.DoesNotMatch(Acting(), line);
            Assert.True(line.EnumerateRunes().All(rune => rune.Value == 0x200B || IsInert(rune)), line);
        }

        var sarif = await CliRun.InAsync(_shop.Folder, "gate", "--base", "HEAD~40", "--format", "sarif");
        foreach (var (text, _) in Texts(JsonNode.Parse(sarif.Out), isQuoted: false))
        {
            Assert.True(text.EnumerateRunes().All(IsInert), text);
        }
    }

    private async Task PagesShowThemAsTextAsync()
    {
        using var http = new HttpClient();
        string[] pages = ["", "incidents", "changes", "lessons", .. _incidents.Select(id => $"incidents/{id}")];
        foreach (var page in pages)
        {
            var html = await http.GetStringAsync(new Uri(_server.Address + page), TestContext.Current.CancellationToken);
            foreach (var markup in new[] { "<script>window", "<img", "<svg onload", "<system>", "javascript:alert(1)\"" })
            {
                Assert.DoesNotContain(markup, html, StringComparison.OrdinalIgnoreCase);
            }
        }
    }

    private static bool IsInert(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);

    /// <summary>What Markdown or GitHub would act on: tags, links, images, code and mentions that no backslash keeps down.</summary>
    [GeneratedRegex(@"(?<!\\)(?:<|\]\(|!\[|`)|@\w|^#(?!##)|^---", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Acting();
}
