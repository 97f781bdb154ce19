using System.Diagnostics;

namespace Airworthy.EndToEnd.Tests.Story;

/// <summary>One run of <c>./demo --once</c> as a user's shell starts it: real processes, real HTTP, a real OpenTelemetry SDK.</summary>
/// <param name="Exit">What it ended with.</param>
/// <param name="Out">The story it told.</param>
/// <param name="Error">What it complained of.</param>
internal sealed record DemoRun(int Exit, string Out, string Error)
{
    /// <summary>The answers that the demo checked, without the mark of how each turned out.</summary>
    public IReadOnlyList<string> Right { get; } = Marked(Out, "  right  ");

    public IReadOnlyList<string> Wrong { get; } = Marked(Out, "  WRONG  ");

    public static async Task<DemoRun> OnceAsync(CancellationToken cancel)
    {
        var start = new ProcessStartInfo(Path.Combine(Checkout.Root, "demo"), ["--once"])
        {
            WorkingDirectory = Checkout.Root,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // The configuration of this very test is built already.
        start.Environment["CONFIGURATION"] = Checkout.Configuration;

        using var demo = Process.Start(start)!;
        try
        {
            var output = demo.StandardOutput.ReadToEndAsync(cancel);
            var error = demo.StandardError.ReadToEndAsync(cancel);
            await demo.WaitForExitAsync(cancel);
            return new DemoRun(demo.ExitCode, await output, await error);
        }
        finally
        {
            if (!demo.HasExited)
            {
                demo.Kill(entireProcessTree: true);
            }
        }
    }

    private static string[] Marked(string text, string mark) =>
        [.. text.Split('\n').Where(line => line.StartsWith(mark, StringComparison.Ordinal)).Select(line => line[mark.Length..])];
}
