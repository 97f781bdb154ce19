using System.Net.ServerSentEvents;
using Airworthy.Journeys.Queries;
using Airworthy.Testing;
using Xunit;

namespace Airworthy.Server.Tests.Api;

/// <summary><c>/api/events</c> read by a plain HTTP client.</summary>
public class EventsApiTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_client_hears_of_the_incident_its_change_and_its_lesson_each_with_its_id()
    {
        var (repository, _) = Shop.Build();
        using var _repository = repository;
        await using var server = await ServerUnderTest.StartAsync(repository.Folder);
        using var answer = await ListenAsync(server);
        var events = SseParser.Create(await answer.Content.ReadAsStreamAsync(Cancel)).EnumerateAsync(Cancel).GetAsyncEnumerator(Cancel);
        await using var _events = events;
        Assert.True(await events.MoveNextAsync());
        Assert.Equal(("hello", "listening"), (events.Current.EventType, events.Current.Data));

        await server.SendOtlpAsync("/v1/traces", Shop.Failure(repository.Head, trace: 1));
        var heard = new Dictionary<string, string>(StringComparer.Ordinal);
        while (!(heard.ContainsKey("incident") && heard.ContainsKey("change") && heard.ContainsKey("lesson")) && await events.MoveNextAsync())
        {
            heard[events.Current.EventType] = events.Current.Data;
        }

        var incident = await server.GetOnceAsync<IncidentList>("/api/incidents", list => list.Incidents is [{ Verdict: not null }]);
        var lesson = Assert.Single((await server.GetAsync<LessonList>("/api/lessons")).Lessons);
        Assert.Equal((incident.Incidents[0].Id, lesson.Id), (heard["incident"], heard["lesson"]));
    }

    [Fact]
    public async Task It_is_an_event_stream_that_no_one_keeps_and_it_ends_with_the_server()
    {
        var server = await ServerUnderTest.StartAsync();
        using var answer = await ListenAsync(server);
        var stream = new StreamReader(await answer.Content.ReadAsStreamAsync(Cancel));
        Assert.Equal("event: hello", await stream.ReadLineAsync(Cancel));
        Assert.Equal("data: listening", await stream.ReadLineAsync(Cancel));
        Assert.Equal("", await stream.ReadLineAsync(Cancel));

        var rest = stream.ReadToEndAsync(Cancel);
        await server.StopAsync();

        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        Assert.True(answer.Headers.CacheControl?.NoCache ?? answer.Headers.CacheControl?.NoStore);
        Assert.Equal("", await rest);
        await server.DisposeAsync();
    }

    private static Task<HttpResponseMessage> ListenAsync(ServerUnderTest server) =>
        server.Http.GetAsync(new Uri("/api/events", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Cancel);
}
