using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Airworthy.Replay;

/// <summary>
/// Called by the runtime before the application's own beginning, when <c>DOTNET_STARTUP_HOOKS</c> names this assembly: the application is loaded as it would
/// be, with its own versions of everything, and does what was recorded instead of starting; or starts, and is asked what was recorded.
/// </summary>
[SuppressMessage("Design", "CA1050:Declare types in namespaces", Justification = "The runtime looks for it there.")]
[SuppressMessage("Design", "MA0047:Declare types in namespaces", Justification = "The runtime looks for it there.")]
internal static class StartupHook
{
    private const string Asked = "AIRWORTHY_REPLAY";
    private const string Served = "AIRWORTHY_REPLAY_SERVED";
    private const string Hooks = "DOTNET_STARTUP_HOOKS";

    public static void Initialize()
    {
        // Processes that the application starts are to be what they are.
        Environment.SetEnvironmentVariable(Hooks, null);
        if (Environment.GetEnvironmentVariable(Served) is { Length: > 0 })
        {
            Environment.SetEnvironmentVariable(Served, null);
            Serve();
            return;
        }

        if (Environment.GetEnvironmentVariable(Asked) is not { Length: > 0 } results)
        {
            return;
        }

        Environment.SetEnvironmentVariable(Asked, null);
        using var input = Console.OpenStandardInput();
        using var job = JsonDocument.Parse(input);
        OutwardAnswers.Start();
        Environment.Exit(ReplayWorker.Run(job.RootElement, results));
    }

    /// <summary>The application starts, and is asked over HTTP. Apart: only here are the types of ASP.NET Core needed.</summary>
    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static void Serve()
    {
        using var input = Console.OpenStandardInput();
        using var job = JsonDocument.Parse(input);
        OutwardAnswers.Start();
        ServedApplication.Prepare(job.RootElement);
    }
}
