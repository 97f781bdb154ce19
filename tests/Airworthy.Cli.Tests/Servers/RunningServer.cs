using System.Net.Http.Headers;
using Airworthy.Journeys;
using Airworthy.Journeys.Queries;
using Airworthy.Server;
using Airworthy.Server.Listeners;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using System.Net.Http.Json;
using Xunit;

namespace Airworthy.Cli.Tests.Servers;

/// <summary>A real server on ports the system chose, for verbs to ask.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly string _folder;

    private RunningServer(WebApplication app, string folder)
    {
        _app = app;
        _folder = folder;
        Bound = app.Services.GetRequiredService<BoundListeners>();
    }

    /// <summary>What <c>--server</c> is given.</summary>
    public string Address => Bound.AddressOf(ListenerRole.Http).AbsoluteUri;

    /// <summary>The folder that holds what it keeps.</summary>
    public string Data => DataOf(_folder);

    private BoundListeners Bound { get; }

    public static Task<RunningServer> StartAsync(params string[] repositories) => StartAsync(TimeProvider.System, repositories);

    public static async Task<RunningServer> StartAsync(TimeProvider time, params string[] repositories)
    {
        var folder = Directory.CreateTempSubdirectory("airworthy-verbs-").FullName;
        var options = new ServerOptions
        {
            DataDirectory = DataOf(folder),
            Http = "http://127.0.0.1:0",
            OtlpGrpc = "http://127.0.0.1:0",
            OtlpHttp = "http://127.0.0.1:0",
            Repositories = repositories,
            RepositoryPoll = TimeSpan.FromMilliseconds(100),
            Time = time,
        };
        var app = await AirworthyServer.BuildAsync(options, TestContext.Current.CancellationToken);
        await AirworthyServer.StartAsync(app, TestContext.Current.CancellationToken);
        return new RunningServer(app, folder);
    }

    public Task<CliRun> AskAsync(params string[] arguments) => CliRun.InAsync(_folder, [.. arguments, "--server", Address]);

    /// <summary>Sends one failed span as OTLP/JSON and waits for the incident's answer.</summary>
    public async Task<string> FailAsync(string revision, string stack)
    {
        await SendTracesAsync(Failures.Span(revision, stack));
        using var http = new HttpClient();
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (await tick.WaitForNextTickAsync(TestContext.Current.CancellationToken))
        {
            var list = await http.GetFromJsonAsync<IncidentList>(
                new Uri($"{Address}api/incidents"), AirworthyJson.Compact, TestContext.Current.CancellationToken);
            if (list is { Incidents: [{ Verdict: not null } incident] })
            {
                return incident.Id;
            }
        }

        throw new InvalidOperationException("the server never answered");
    }

    /// <summary>Asks again and again until the answer is as awaited; the test's own time limit ends it.</summary>
    public async Task<CliRun> AskUntilAsync(Predicate<CliRun> awaited, params string[] arguments)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        CliRun run;
        do
        {
            run = await AskAsync(arguments);
        }
        while (!awaited(run) && await tick.WaitForNextTickAsync(TestContext.Current.CancellationToken));
        return run;
    }

    /// <summary>Sends spans as OTLP/JSON.</summary>
    public Task SendTracesAsync(string request) => SendAsync("/v1/traces", request);

    /// <summary>Sends OTLP/JSON.</summary>
    public async Task SendAsync(string path, string request)
    {
        using var http = new HttpClient();
        using var content = new StringContent(request, MediaTypeHeaderValue.Parse("application/json"));
        using var answer = await http.PostAsync(new Uri(Bound.AddressOf(ListenerRole.OtlpHttp), path), content, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static string DataOf(string folder) => Path.Combine(folder, "data");
}
