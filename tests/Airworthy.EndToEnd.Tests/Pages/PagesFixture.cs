using System.Text.Json;
using Airworthy.EndToEnd.Tests.Pages;
using Airworthy.Testing;
using Microsoft.Playwright;
using Xunit;

[assembly: AssemblyFixture(typeof(PagesFixture))]

namespace Airworthy.EndToEnd.Tests.Pages;

/// <summary>One server and one browser for all page tests: a repository with an agent's commit, its failure, and texts that try to break out.</summary>
public sealed class PagesFixture : IAsyncLifetime
{
    /// <summary>What a hostile text holds; a page where it comes to life sets <c>window.broken</c>.</summary>
    public const string Hostile = "<script>window.broken=1</script>\"><img src=x onerror=\"window.broken=1\">";

    private readonly string _data = Directory.CreateTempSubdirectory("airworthy-pages-").FullName;
    private RepositoryBuilder? _repository;
    private IPlaywright? _playwright;
    private ServerProcess? _server;

    public IBrowser Browser { get; private set; } = null!;

    /// <summary>The address of the pages.</summary>
    public Uri Address => _server!.Http;

    /// <summary>The path of the one incident with an answer.</summary>
    public string Incident { get; private set; } = "";

    /// <summary>The path of the change that caused it.</summary>
    public string Change { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        (_repository, _) = Shop.Build();
        _repository.Write("notes.txt", Hostile).Commit($"Note {Hostile}", author: $"Eve {Hostile.Replace("<", "", StringComparison.Ordinal).Replace(">", "", StringComparison.Ordinal)} <eve@example.org>");
        _server = await ServerProcess.StartAsync(_data, _repository.Folder, TestContext.Current.CancellationToken);
        await FailAsync(1, $"The input string '{Hostile}' was not in a correct format.");
        var incidents = await _server.GetOnceAsync("api/incidents", text => text.Contains("\"verdict\":\"attributed\"", StringComparison.Ordinal));
        using var answer = JsonDocument.Parse(incidents);
        var incident = answer.RootElement.GetProperty("incidents")[0];
        Incident = $"incidents/{incident.GetProperty("id").GetString()}";
        Change = $"changes/repo/{incident.GetProperty("suspect").GetProperty("change").GetString()}";
        await _server.GetOnceAsync("api/lessons", text => text.Contains("\"rule\"", StringComparison.Ordinal));

        _playwright = await Playwright.CreateAsync();
        Browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Chromium(),
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
            ],
        });
    }

    /// <summary>Lets the service fail once more.</summary>
    public Task FailAsync(int trace, string message) => _server!.SendTracesAsync(Shop.Failure(_repository!.Head, trace, message));

    public async ValueTask DisposeAsync()
    {
        if (Browser is not null)
        {
            await Browser.DisposeAsync();
        }

        _playwright?.Dispose();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        _repository?.Dispose();
        Directory.Delete(_data, recursive: true);
    }

    private static string Chromium() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
            .SelectMany(folder => new[] { "chromium", "chromium-browser", "google-chrome" }.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException("the page tests need Chromium: apt-get install chromium");
}
