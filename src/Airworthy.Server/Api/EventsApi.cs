using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Airworthy.Journeys;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace Airworthy.Server.Api;

/// <summary><c>/api/events</c>: server-sent events that say something changed, so that a page looks again.</summary>
internal static class EventsApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/events", (ServerNews news, IHostApplicationLifetime lifetime, CancellationToken cancel) =>
                TypedResults.ServerSentEvents(ListenAsync(news, lifetime, cancel)))
            .WithSummary("Server-sent events: incident, change, lesson, release or repository, with the id as data")
            .ExcludeFromDescription();

    private static async IAsyncEnumerable<SseItem<string>> ListenAsync(
        ServerNews news, IHostApplicationLifetime lifetime, [EnumeratorCancellation] CancellationToken cancel)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancel, lifetime.ApplicationStopping);
        await using var events = news.ListenAsync(ends.Token).GetAsyncEnumerator(ends.Token);
        // Asked before the greeting: what is told from the greeting on is heard.
        var next = MoveAsync(events);
        try
        {
            yield return new SseItem<string>("listening", "hello");
            while (await next)
            {
                yield return new SseItem<string>(events.Current.Id, events.Current.Kind);
                next = MoveAsync(events);
            }
        }
        finally
        {
            await ends.CancelAsync();
            await next;
        }
    }

    // The stream ends when the visitor leaves or the server stops; neither is a failure.
    private static async Task<bool> MoveAsync(IAsyncEnumerator<ServerEvent> events)
    {
        try
        {
            return await events.MoveNextAsync();
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
