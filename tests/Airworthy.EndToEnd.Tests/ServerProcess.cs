using System.Diagnostics;
using System.Net.Http.Headers;
using Xunit;

namespace Airworthy.EndToEnd.Tests;

/// <summary><c>airworthy serve</c> as a process of its own, started in a folder that is not the checkout, on ports the system chose.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly HttpClient _client = new();

    private ServerProcess(Process process, Uri http, Uri otlpGrpc, Uri otlp) => (_process, Http, OtlpGrpc, Otlp) = (process, http, otlpGrpc, otlp);

    /// <summary>Pages and API.</summary>
    public Uri Http { get; }

    /// <summary>OTLP over gRPC.</summary>
    public Uri OtlpGrpc { get; }

    /// <summary>OTLP over HTTP.</summary>
    public Uri Otlp { get; }

    public static Task<ServerProcess> StartAsync(string data, string repository, CancellationToken cancel, params string[] more) =>
        StartAsync(data, repository, largestFile: null, cancel, more);

    /// <summary>Starts it so that no file it writes can grow beyond so many KiB: as on a disk that is full then.</summary>
    public static async Task<ServerProcess> StartAsync(string data, string repository, int? largestFile, CancellationToken cancel, params string[] more)
    {
        var start = new ProcessStartInfo(largestFile is null ? Checkout.Airworthy : "bash")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        if (largestFile is not null)
        {
            // The runtime keeps its code in a file of memory that is larger than the limit.
            start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        }

        string[] limited = largestFile is { } kibibytes
            ? ["-c", string.Create(System.Globalization.CultureInfo.InvariantCulture, $"trap '' XFSZ; ulimit -f {kibibytes}; exec \"$0\" \"$@\""), Checkout.Airworthy]
            : [];
        string[] arguments =
        [
            .. limited, "serve", "--data", data, "--repo", repository,
            "--http", "http://127.0.0.1:0", "--otlp-grpc", "http://127.0.0.1:0", "--otlp-http", "http://127.0.0.1:0", .. more,
        ];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(cancel);
        var addresses = new List<Uri>();
        while (addresses.Count < 3)
        {
            var line = await process.StandardOutput.ReadLineAsync(cancel)
                ?? throw new InvalidOperationException($"airworthy serve ended: {await error}");
            addresses.Add(new Uri(line.Split(' ')[^1]));
        }

        return new ServerProcess(process, addresses[0], addresses[1], addresses[2]);
    }

    /// <summary>Sends a trace request as OTLP/JSON; it is durable when this returns.</summary>
    public async Task SendTracesAsync(string json)
    {
        using var content = new StringContent(json, MediaTypeHeaderValue.Parse("application/json"));
        using var answer = await _client.PostAsync(new Uri(Otlp, "v1/traces"), content, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Asks for a text again and again until it holds what is awaited.</summary>
    public async Task<string> GetOnceAsync(string path, Predicate<string> awaited)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        while (true)
        {
            var text = await _client.GetStringAsync(new Uri(Http, path), limit.Token);
            if (awaited(text))
            {
                return text;
            }

            await tick.WaitForNextTickAsync(limit.Token);
        }
    }

    /// <summary>Ends the process at once, as a power cut would.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
        _client.Dispose();
    }
}
