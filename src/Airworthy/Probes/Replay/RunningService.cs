using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Airworthy.Model;

namespace Airworthy.Probes.Replay;

/// <summary>A built service that runs on a port of this machine alone, until it is disposed.</summary>
internal sealed class RunningService : IAsyncDisposable
{
    private static readonly TimeSpan s_mostStart = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(50);

    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _error;

    private RunningService(Process process, Uri address)
    {
        (_process, Address) = (process, address);
        _output = DotnetCommand.ReadAsync(process.StandardOutput, CancellationToken.None);
        _error = DotnetCommand.ReadAsync(process.StandardError, CancellationToken.None);
    }

    /// <summary>Where it answers.</summary>
    public Uri Address { get; }

    public bool HasEnded => _process.HasExited;

    /// <summary>Starts it and waits until it answers.</summary>
    /// <param name="application">The assembly to start.</param>
    /// <param name="folder">Its working folder: what it writes beside itself is gone with it.</param>
    /// <param name="hook">The startup hook that answers its outward calls.</param>
    /// <param name="job">What the hook reads.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="ProbeException">It ended, or does not listen where it is told to.</exception>
    public static async Task<RunningService> StartAsync(string application, string folder, string hook, byte[] job, CancellationToken cancel)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort().ToString(CultureInfo.InvariantCulture)}");
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["DOTNET_STARTUP_HOOKS"] = hook,
            ["AIRWORTHY_REPLAY_SERVED"] = "1",
            ["ASPNETCORE_URLS"] = address.OriginalString,
            // What it would tell of itself is not production.
            ["OTEL_SDK_DISABLED"] = "true",
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://127.0.0.1:9",
            // Its files are where it was built, what it leaves is not.
            ["ASPNETCORE_CONTENTROOT"] = Path.GetDirectoryName(application)!,
        };
        var service = new RunningService(DotnetCommand.Start(folder, ["exec", application], environment), address);
        try
        {
            await DotnetCommand.FeedAsync(service._process, job, cancel);
            await service.WaitAsync(Path.GetFileName(application), cancel);
            return service;
        }
        catch
        {
            await service.DisposeAsync();
            throw;
        }
    }

    /// <summary>Its end and the first line it printed on standard error, for a request that ended it.</summary>
    public async Task<string> EndAsync()
    {
        await _process.WaitForExitAsync();
        return FirstLine(await _error + await _output);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private static string FirstLine(string output) => output.Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.Length > 0) ?? "it said nothing";

    private async Task WaitAsync(string name, CancellationToken cancel)
    {
        var began = Stopwatch.GetTimestamp();
        while (!await IsListeningAsync(cancel))
        {
            if (_process.HasExited)
            {
                throw new ProbeException(Fault.BadInput, $"'{name}' does not start as a service for the replay: {await EndAsync()}");
            }

            if (Stopwatch.GetElapsedTime(began) > s_mostStart)
            {
                throw new ProbeException(Fault.BadInput, $"'{name}' did not listen where ASPNETCORE_URLS told it within a minute; endpoints in its own configuration go before, take them out for the replay");
            }

            await Task.Delay(s_look, cancel);
        }
    }

    private async Task<bool> IsListeningAsync(CancellationToken cancel)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, Address.Port, cancel);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
