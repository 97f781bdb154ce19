using System.Text;
using Xunit;

namespace Airworthy.Cli.Tests;

/// <summary>One run of the command with its streams caught.</summary>
internal sealed record CliRun(int Exit, string Out, string Error)
{
    public IEnumerable<string> Lines => Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public static Task<CliRun> InAsync(string folder, params string[] arguments) => InAsync(folder, Stream.Null, arguments);

    /// <summary>Records who wrote the commit that is checked out in <paramref name="folder"/>: an agent, or Ada for <c>human</c>.</summary>
    public static async Task NoteAsync(string folder, string agent)
    {
        var run = agent == "human"
            ? await InAsync(folder, "note", "add", "--human", "Ada <ada@example.org>")
            : await InAsync(folder, "note", "add", "--agent", agent, "--model", "m");
        Assert.Equal((0, ""), (run.Exit, run.Error));
    }

    /// <summary>A run that reads <paramref name="input"/> as its standard input.</summary>
    public static async Task<CliRun> InAsync(string folder, Stream input, params string[] arguments)
    {
        using var output = new MemoryStream();
        var error = new StringWriter();
        var exit = await CommandLine.RunAsync(arguments, new Terminal(input, output, error, folder, IsOutRedirected: true, IsErrorRedirected: true));
        return new CliRun(exit, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }
}
