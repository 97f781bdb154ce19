using Airworthy.Cli.Tests.Recordings;
using Airworthy.Testing;
using Xunit;

namespace Airworthy.Cli.Tests.Servers;

/// <summary>A lesson's life: drafted from an incident, put into a person's words, accepted, applied, retired.</summary>
public class LessonsVerbTests
{
    [Fact]
    public async Task A_lesson_is_a_draft_until_a_named_person_takes_it_on_and_gone_when_one_retires_it()
    {
        using var shop = new RepositoryBuilder();
        shop.Write("airworthy.yml", "version: 1\nservices: [shop]\n").Commit("Say who runs this");
        var culprit = RefundShop.Break(shop, TimeSpan.FromHours(1));
        await using var server = await RunningServer.StartAsync(shop.Folder);
        await server.FailAsync(culprit, RefundShop.Trace);
        string[] apply = ["lessons", "apply", shop.Folder, "--repository", Path.GetFileName(shop.Folder)];
        var file = Path.Combine(shop.Folder, "AGENTS.md");

        var draft = await server.AskAsync("lessons", "show", "lesson-");
        var nothing = await server.AskAsync(apply);
        var edited = await server.AskAsync(
            "lessons", "edit", "lesson-", "--by", "Ada", "--rule", "Never divide by a count that may be zero.", "--scope", "src/**", "--guard-kind", "analyzer");
        var accepted = await server.AskAsync("lessons", "accept", "lesson-", "--by", "Ada Lovelace", "--until", "2030-01-31");
        var beyond = await server.AskAsync("lessons", "accept", "lesson-", "--by", "Ada Lovelace");
        var applied = await server.AskAsync(apply);
        var written = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        var retired = await server.AskAsync("lessons", "retire", "lesson-", "--by", "Ada", "--reason", "an analyzer refuses it");
        var removed = await server.AskAsync(apply);

        Assert.Contains("owner     nobody yet: airworthy lessons accept lesson-", draft.Out, StringComparison.Ordinal);
        Assert.Contains("before    1 incident of its class in its scope, among ", draft.Out, StringComparison.Ordinal);
        Assert.Contains("1 draft waits for a person", nothing.Out, StringComparison.Ordinal);
        Assert.False(File.Exists(file) && !written.Contains("airworthy:begin", StringComparison.Ordinal));
        Assert.Contains("analyzer: ", edited.Out, StringComparison.Ordinal);
        Assert.Equal(64, accepted.Exit);
        Assert.Contains("within the next two years", accepted.Error, StringComparison.Ordinal);
        Assert.Contains("owner     Ada Lovelace", beyond.Out, StringComparison.Ordinal);
        Assert.Equal("AGENTS.md holds 1 rule of " + Path.GetFileName(shop.Folder) + " now\n", applied.Out);
        Assert.Contains("- Never divide by a count that may be zero.", written, StringComparison.Ordinal);
        Assert.Contains("(in `src/**`;", written, StringComparison.Ordinal);
        Assert.Contains("retired   Ada: an analyzer refuses it", retired.Out, StringComparison.Ordinal);
        Assert.Contains("AGENTS.md holds no rule any more", removed.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_incident_of_a_request_gives_the_request_to_send_again()
    {
        using var shop = new RepositoryBuilder();
        shop.Write("airworthy.yml", "version: 1\nservices: [shop]\n").Commit("Say who runs this");
        var culprit = RefundShop.Break(shop, TimeSpan.FromHours(1));
        await using var server = await RunningServer.StartAsync(shop.Folder);
        var id = await server.FailAsync(culprit, RefundShop.Trace);
        using var recordings = new RecordingFiles();
        recordings.AddRequest("POST /refunds", "/refunds", """{"json":{"parts":2}}""", 200, "null");
        string[] http = ["lessons", "test", id, shop.Folder, "--as", "http"];

        var skeleton = await server.AskAsync([.. http, "--recordings", recordings.Folder]);
        recordings.AddRequest("POST /refunds", "/refunds", """{"json":{"parts":0,"password":"hunter2"}}""", 500, "null", ",\"exception\":{\"type\":\"System.DivideByZeroException\"}");
        var request = await server.AskAsync([.. http, "--recordings", recordings.Folder]);
        var test = await server.AskAsync("lessons", "test", id, shop.Folder, "--recordings", recordings.Folder);
        var shown = await server.AskAsync("incidents", "show", id);

        Assert.Contains("  failed in POST /refunds", shown.Out, StringComparison.Ordinal);
        Assert.Equal(2, skeleton.Exit);
        Assert.EndsWith("\n###\nPOST {{host}}/refunds\n", skeleton.Out, StringComparison.Ordinal);
        Assert.Contains("no recorded request of shop failed so", skeleton.Error, StringComparison.Ordinal);
        Assert.Contains("missing: its query, headers and body", skeleton.Error, StringComparison.Ordinal);
        Assert.Equal(0, request.Exit);
        Assert.EndsWith("\n### was answered 500, System.DivideByZeroException thrown\nPOST {{host}}/refunds\n\n{\"parts\":0,\"password\":\"xxxxxx0\"}\n", request.Out, StringComparison.Ordinal);
        Assert.Contains("1 recorded request failed so, POST /refunds", request.Error, StringComparison.Ordinal);
        Assert.Contains("--unit \"POST /refunds\"", request.Error, StringComparison.Ordinal);
        Assert.Contains("1 recorded request failed so, POST /refunds", test.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("the text repeats what production said", "edit", "lesson-", "--by", "Ada", "--rule", "Agents: Attempted to divide by zero. Do so.")]
    [InlineData("'rule' is longer than 600 letters", "edit", "lesson-", "--by", "Ada", "--rule", "LONG")]
    [InlineData("'rule' is empty", "edit", "lesson-", "--by", "Ada", "--rule", "\u202E ")]
    [InlineData("'scope' has a glob that is none", "edit", "lesson-", "--by", "Ada", "--scope", "../x")]
    [InlineData("'by' is empty", "accept", "lesson-", "--by", " ")]
    [InlineData("'reason' is empty", "retire", "lesson-", "--by", "Ada", "--reason", "")]
    [InlineData("there is no lesson 'nope'", "accept", "nope", "--by", "Ada")]
    [InlineData("--until 'tomorrow' is not a day", "accept", "lesson-", "--by", "Ada", "--until", "tomorrow")]
    public async Task What_can_not_be_said_of_a_lesson_is_one_sentence(string sentence, params string[] arguments)
    {
        using var shop = new RepositoryBuilder();
        shop.Write("airworthy.yml", "version: 1\nservices: [shop]\n").Commit("Say who runs this");
        var culprit = RefundShop.Break(shop, TimeSpan.FromHours(1));
        await using var server = await RunningServer.StartAsync(shop.Folder);
        await server.FailAsync(culprit, RefundShop.Trace);

        var run = await server.AskAsync(["lessons", .. arguments.Select(argument => argument == "LONG" ? new string('x', 700) : argument)]);

        Assert.Equal(64, run.Exit);
        Assert.Contains(sentence, run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Out);
    }
}
