using System.Diagnostics;
using Xunit;

namespace Airworthy.EndToEnd.Tests.Story;

/// <summary>
/// The demo is the product's main job on real input: a real repository, the real server and the real sample as processes of their own, real
/// OpenTelemetry over gRPC. It checks its own answers; here each of them is a fact that can fail.
/// </summary>
public class DemoTests
{
    private static readonly string[] s_answers =
    [
        "the refund is attributed to the agent's commit",
        "to its agent, model and session",
        "and its model",
        "the warehouse is attributed to the person's commit",
        "of whom nothing marks an agent",
        "the gift card is attributed to the caller, not to the guard",
        "the payment provider is not attributable",
        "all at the revision that ran",
        "the agent's change is suspect",
        "the lesson is in AGENTS.md",
    ];

    [Fact]
    public async Task The_demo_ends_by_itself_with_every_answer_right()
    {
        var (exit, output) = await RunAsync("demo", "--once");

        Assert.All(s_answers, answer => Assert.Contains($"  right  {answer}", output, StringComparison.Ordinal));
        Assert.DoesNotContain("WRONG", output, StringComparison.Ordinal);
        Assert.Equal(0, exit);
    }

    [Fact]
    public async Task An_option_it_does_not_have_is_a_usage_error()
    {
        var (exit, output) = await RunAsync("demo", "--twice");

        Assert.Equal(64, exit);
        Assert.Contains("usage: ./demo [--once]", output, StringComparison.Ordinal);
    }

    private static async Task<(int Exit, string Output)> RunAsync(string script, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(Checkout.Root, script))
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var cancel = TestContext.Current.CancellationToken;
        var output = process.StandardOutput.ReadToEndAsync(cancel);
        var error = process.StandardError.ReadToEndAsync(cancel);
        await process.WaitForExitAsync(cancel);
        var said = await output + await error;
        TestContext.Current.TestOutputHelper?.WriteLine(said);
        return (process.ExitCode, said);
    }
}
