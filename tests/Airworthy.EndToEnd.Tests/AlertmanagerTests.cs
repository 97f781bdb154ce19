using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Airworthy.Testing;
using Xunit;

namespace Airworthy.EndToEnd.Tests;

/// <summary>Debian's Alertmanager really sends: an alert that is put to it opens an incident, and ends it.</summary>
public sealed class AlertmanagerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("airworthy-alerts-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task An_alert_opens_an_incident_of_its_service_and_its_end_resolves_it()
    {
        var (repository, _) = Shop.Build();
        using var _repository = repository;
        await using var server = await ServerProcess.StartAsync(Path.Combine(_folder, "data"), repository.Folder, Cancel);
        var port = FreePort();
        using var alertmanager = await StartAsync(port, new Uri(server.Http, "hooks/alertmanager"));
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        try
        {
            await AlertAsync(client, """[{"labels":{"alertname":"RefundsTwice","service":"shop"},"annotations":{"summary":"refunds come twice"}}]""");
            var open = await server.GetOnceAsync("api/incidents", text => text.Contains("RefundsTwice", StringComparison.Ordinal));
            Assert.Contains("\"service\":\"shop\"", open, StringComparison.Ordinal);
            Assert.Contains("\"status\":\"open\"", open, StringComparison.Ordinal);

            var ended = TimeProvider.System.GetUtcNow().AddSeconds(-1).ToString("O", System.Globalization.CultureInfo.InvariantCulture);
            await AlertAsync(client, $$"""[{"labels":{"alertname":"RefundsTwice","service":"shop"},"annotations":{"summary":"refunds come twice"},"endsAt":"{{ended}}"}]""");
            Assert.Contains("\"resolution\":\"alertmanager\"", await server.GetOnceAsync("api/incidents", text => text.Contains("\"status\":\"resolved\"", StringComparison.Ordinal)), StringComparison.Ordinal);
        }
        finally
        {
            alertmanager.Kill(entireProcessTree: true);
            await alertmanager.WaitForExitAsync(CancellationToken.None);
        }
    }

    private async Task<Process> StartAsync(int port, Uri webhook)
    {
        var configuration = Path.Combine(_folder, "alertmanager.yml");
        await File.WriteAllTextAsync(
            configuration,
            $"""
            route:
              receiver: airworthy
              group_wait: 1s
              group_interval: 1s
            receivers:
              - name: airworthy
                webhook_configs:
                  - url: {webhook}
            """,
            Cancel);
        var start = new ProcessStartInfo("prometheus-alertmanager") { UseShellExecute = false, RedirectStandardError = true };
        string[] arguments =
        [
            $"--config.file={configuration}", $"--storage.path={Path.Combine(_folder, "storage")}", $"--web.listen-address=127.0.0.1:{port}", "--cluster.listen-address=",
        ];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start)!;
        while (await process.StandardError.ReadLineAsync(Cancel) is { } line)
        {
            if (line.Contains("Listening on", StringComparison.OrdinalIgnoreCase) || line.Contains("msg=Listening", StringComparison.Ordinal))
            {
                break;
            }
        }

        _ = process.StandardError.ReadToEndAsync(CancellationToken.None);
        return process;
    }

    private static async Task AlertAsync(HttpClient client, string alerts)
    {
        using var content = new StringContent(alerts, MediaTypeHeaderValue.Parse("application/json"));
        using var answer = await client.PostAsync(new Uri("/api/v2/alerts", UriKind.Relative), content, Cancel);
        answer.EnsureSuccessStatusCode();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
