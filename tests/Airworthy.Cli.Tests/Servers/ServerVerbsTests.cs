using Xunit;

namespace Airworthy.Cli.Tests.Servers;

public class ServerVerbsTests
{
    [Theory]
    [InlineData("incidents list")]
    [InlineData("incidents show i1")]
    [InlineData("changes list")]
    [InlineData("changes show shop/c1")]
    [InlineData("lessons list")]
    [InlineData("repos list")]
    [InlineData("repos add https://example.org/shop.git")]
    [InlineData("doctor shop")]
    public async Task A_server_that_does_not_answer_is_told_in_one_sentence(string verb)
    {
        // Port 1 is reserved, and nothing listens there.
        var (exit, error) = await RunAsync([.. verb.Split(' '), "--server", "http://127.0.0.1:1"]);

        Assert.Equal(69, exit);
        Assert.Contains("http://127.0.0.1:1", error, StringComparison.Ordinal);
        Assert.Single(error.Trim().Split('\n'));
    }

    [Theory]
    [InlineData(64, "incidents", "list", "--server", "ftp://127.0.0.1")]
    [InlineData(64, "incidents", "list", "--format", "xml")]
    [InlineData(64, "serve", "--http", "http://0.0.0.0:0")]
    [InlineData(69, "incidents", "list", "--token-file", "/nowhere/token")]
    [InlineData(69, "serve", "--token-file", "/nowhere/token")]
    public async Task What_can_not_be_done_has_its_exit_code(int expected, params string[] arguments)
    {
        var (exit, error) = await RunAsync(arguments);

        Assert.Equal(expected, exit);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    private static async Task<(int Exit, string Error)> RunAsync(string[] arguments)
    {
        await using var error = new StringWriter();
        using var output = new MemoryStream();
        var exit = await CommandLine.RunAsync(arguments, new Terminal(Stream.Null, output, error, Path.GetTempPath(), true, true));
        return (exit, error.ToString());
    }
}
