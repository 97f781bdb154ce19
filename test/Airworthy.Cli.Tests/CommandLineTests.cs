using Xunit;

namespace Airworthy.Cli.Tests;

public class CommandLineTests
{
    [Fact]
    public async Task An_unknown_verb_is_a_usage_error_in_one_sentence()
    {
        var error = new StringWriter();
        var exit = await CommandLine.RunAsync(["nonsense"], new Terminal(Stream.Null, Stream.Null, error, "/", true, true));

        Assert.Equal(64, exit);
        Assert.Contains("nonsense", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error.ToString(), StringComparison.Ordinal);
    }
}
