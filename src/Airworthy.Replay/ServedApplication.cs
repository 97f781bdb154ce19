using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Airworthy.Replay;

/// <summary>
/// A service that starts as it would, and whose requests are replayed ones: each says by a header which recording it is, and the app never sees the header. While
/// the host is built, its clock is exchanged for one that shows the time of the recording.
/// </summary>
internal sealed class ServedApplication : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IStartupFilter
{
    /// <summary>Says which recording a request replays.</summary>
    public const string Recording = "Airworthy-Replay";

    /// <summary>Asked with the header, tells the outward calls of that recording; empty JSON when there were none.</summary>
    public const string Outward = "/.airworthy-replay/outward";

    private readonly Dictionary<string, JsonElement> _recordings;
    private readonly ConcurrentDictionary<string, ReplayScope> _scopes = new(StringComparer.Ordinal);

    private ServedApplication(JsonElement job) =>
        _recordings = job.GetProperty("recordings").EnumerateArray().ToDictionary(recording => recording.GetProperty("id").GetGuid().ToString("N"), recording => recording.Clone(), StringComparer.Ordinal);

    public static void Prepare(JsonElement job) => DiagnosticListener.AllListeners.Subscribe(new ServedApplication(job));

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == "Microsoft.Extensions.Hosting")
        {
            value.Subscribe(this);
        }
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value is { Key: "HostBuilding", Value: IHostBuilder builder })
        {
            builder.ConfigureServices((_, services) =>
            {
                services.Insert(0, ServiceDescriptor.Singleton<IStartupFilter>(this));
                for (var i = 0; i < services.Count; i++)
                {
                    if (services[i].ServiceType == typeof(TimeProvider))
                    {
                        services[i] = ServiceDescriptor.Singleton<TimeProvider>(new RecordedTime());
                    }
                }
            });
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(following => context => InvokeAsync(context, following));
        next(app);
    };

    private async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var id = context.Request.Headers[Recording].ToString();
        if (!_recordings.TryGetValue(id, out var recording))
        {
            await next(context);
            return;
        }

        context.Request.Headers.Remove(Recording);
        if (context.Request.Path == Outward)
        {
            await WriteAsync(context.Response, _scopes.GetValueOrDefault(id));
            return;
        }

        ReplayScope.Current = _scopes[id] = new ReplayScope(recording);
        await next(context);
    }

    private static async Task WriteAsync(HttpResponse response, ReplayScope? scope)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            scope?.Write(json);
            json.WriteEndObject();
        }

        response.ContentType = "application/json";
        await response.Body.WriteAsync(buffer.ToArray());
    }

    /// <summary>Within a replayed request, the time of its recording; else the time it is.</summary>
    private sealed class RecordedTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => ReplayScope.Current?.Time ?? base.GetUtcNow();
    }
}
