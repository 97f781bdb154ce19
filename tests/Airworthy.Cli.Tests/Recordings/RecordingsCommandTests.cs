using System.Security.Cryptography;
using System.Text;
using Xunit;

namespace Airworthy.Cli.Tests.Recordings;

public sealed class RecordingsCommandTests : IDisposable
{
    private readonly RecordingFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task The_list_tells_each_call_and_what_it_came_to()
    {
        _files.Add("M:Shop.Refunds.Pieces(Shop.Order,System.Int32)", """{"name":"order","value":{"$type":"Shop.Order","Rate":"0.15"}},{"name":"count","value":2}""", "\"exception\":{\"type\":\"System.FormatException\"}", "de-DE", id: "a1");
        _files.Add("M:Shop.Refunds.Whole(Shop.Order)", """{"name":"order","value":null}""", "\"result\":{\"$type\":\"Shop.Money\",\"Cents\":850}", id: "b2");
        _files.Add("M:Shop.Refunds.Pieces(Shop.Order,System.Int32)", """{"name":"x","value":2}""", "\"result\":4", part: """{"name":"lambda","ordinal":2,"of":3}""", id: "c3");
        _files.Add("M:Shop.Order.#ctor(System.String)", """{"name":"sku","value":"mug"}""", "\"result\":null", id: "d4");
        await File.WriteAllTextAsync(Path.Combine(_files.Folder, Guid.NewGuid().ToString("N") + ".json"), "{\"version\":1", TestContext.Current.CancellationToken);
        var run = await CliRun.InAsync(_files.Folder, "recordings", "list", ".");

        Assert.Equal((0, ""), (run.Exit, run.Error));
        Assert.Equal("4 recordings, 1 file unreadable: cut off, sealed with another key, or no recording", run.Lines.First());
        Assert.Contains("Refunds.Pieces(order, count)", run.Out, StringComparison.Ordinal);
        Assert.Contains("lambda 2(x) in Refunds.Pieces", run.Out, StringComparison.Ordinal);
        Assert.Contains("new Order(sku)", run.Out, StringComparison.Ordinal);
        Assert.Contains("M:Shop.Refunds.Pieces(Shop.Order,System.Int32) (lambda 2 of 3)", (await CliRun.InAsync(_files.Folder, "recordings", "show", "c3", ".")).Out, StringComparison.Ordinal);
        Assert.Contains("System.FormatException thrown", run.Out, StringComparison.Ordinal);
        Assert.Contains("Money {Cents: 850}", run.Out, StringComparison.Ordinal);
        Assert.Contains("\"culture\": \"de-DE\"", (await CliRun.InAsync(_files.Folder, "recordings", "list", ".", "--unit", "pieces", "--format", "json")).Out, StringComparison.Ordinal);
        Assert.Equal(1, (await CliRun.InAsync(_files.Folder, "recordings", "list", ".", "--unit", "Nothing")).Exit);
    }

    [Fact]
    public async Task A_recording_is_shown_and_what_a_terminal_would_obey_is_made_visible()
    {
        _files.Add("M:A.B(System.String)", """{"name":"text","value":"\u001b[31mred"}""", "\"result\":[1,{\"$unrecorded\":\"stream\"}]", id: "a1");
        var run = await CliRun.InAsync(_files.Folder, "recordings", "show", "a1", ".");

        Assert.Equal(0, run.Exit);
        Assert.Contains("""  text = "\u001b[31mred" """.TrimEnd(), run.Out, StringComparison.Ordinal);
        Assert.Contains("→ [1, ‹stream›]", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', run.Out);
        Assert.Contains("\"unit\": \"M:A.B(System.String)\"", (await CliRun.InAsync(_files.Folder, "recordings", "show", "a1", ".", "--format", "json")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_export_is_one_document_a_line_and_says_what_it_left_out()
    {
        _files.Add("M:A.B", "", "\"result\":1", id: "a1");
        _files.Add("M:A.C", "", "\"result\":2", id: "b2");
        var whole = await CliRun.InAsync(_files.Folder, "recordings", "export", ".");
        Assert.Equal((0, 2), (whole.Exit, whole.Lines.Count()));
        Assert.All(whole.Lines, line => Assert.StartsWith("{\"version\":1,", line, StringComparison.Ordinal));

        // Sealed with a key that is not given.
        await File.WriteAllBytesAsync(Path.Combine(_files.Folder, Guid.NewGuid().ToString("N") + ".aes"), RandomNumberGenerator.GetBytes(100), TestContext.Current.CancellationToken);
        var cut = await CliRun.InAsync(_files.Folder, "recordings", "export", ".");
        Assert.Equal((2, 2), (cut.Exit, cut.Lines.Count()));
        Assert.Contains("1 file left out", cut.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_preview_masks_secrets_and_tells_by_which_rule()
    {
        using var input = new MemoryStream("""{"name":"Ann","password":"hunter2","pin":{"code":7},"note":"mail ann@example.org of ORD-17"}"""u8.ToArray());
        var run = await CliRun.InAsync(_files.Folder, input, "recordings", "preview", "-", "--redact", "pin;/ORD-[0-9]+/");

        Assert.Equal(0, run.Exit);
        Assert.Contains("\"name\": \"Ann\"", run.Out, StringComparison.Ordinal);
        Assert.Contains("\"password\": \"xxxxxx0\"", run.Out, StringComparison.Ordinal);
        Assert.Contains("\"note\": \"mail xxx@xxxxxxx.xxx of xxx-00\"", run.Out, StringComparison.Ordinal);
        Assert.Contains("taken out: 1 by e-mail, 2 by name, 1 by own pattern", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("7", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plain_text_is_previewed_too()
    {
        using var input = new MemoryStream(Encoding.UTF8.GetBytes("card 4111 1111 1111 1111"));
        Assert.StartsWith("card 0000 0000 0000 0000", (await CliRun.InAsync(_files.Folder, input, "recordings", "preview")).Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("there is no folder", "recordings", "list", "nowhere")]
    [InlineData("no recording's id begins with 'ffff'", "recordings", "show", "ffff", ".")]
    [InlineData("more than one recording's id begins with 'a'; give more of it", "recordings", "show", "a", ".")]
    [InlineData("in AIRWORTHY_REDACT is not a pattern", "recordings", "preview", "-", "--redact", "/(/")]
    [InlineData("is no built application", "recordings", "to-tests", ".", "--app", "Shop.dll", "--output", "tests")]
    [InlineData("--namespace takes a namespace", "recordings", "to-tests", ".", "--app", "Shop.dll", "--output", "tests", "--namespace", "a;b")]
    public async Task What_is_wrong_is_told_in_one_sentence(string told, params string[] arguments)
    {
        _files.Add("M:A.B", "", "\"result\":1", id: "a1");
        _files.Add("M:A.C", "", "\"result\":2", id: "a2");
        var run = await CliRun.InAsync(_files.Folder, arguments);

        Assert.Equal(64, run.Exit);
        Assert.Contains(told, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("not JSON")]
    [InlineData("{\"calls\":[{}],\"head\":\"x\"}")]
    public async Task A_report_that_is_none_is_told(string report)
    {
        await File.WriteAllTextAsync(Path.Combine(_files.Folder, "replay.json"), report, TestContext.Current.CancellationToken);
        var run = await CliRun.InAsync(_files.Folder, "recordings", "to-tests", ".", "--app", "Shop.dll", "--output", "tests", "--replay", "replay.json");

        Assert.Equal(65, run.Exit);
        Assert.Contains("is not a report of a replay", run.Error, StringComparison.Ordinal);
    }
}
