using Airworthy.Testing;
using Xunit;

namespace Airworthy.EndToEnd.Tests;

/// <summary>Acknowledged means durable, asked of the whole server over both transports.</summary>
public class DurabilityTests
{
    private const int Enough = 60;

    [Fact]
    public async Task Whatever_was_acknowledged_before_a_kill_under_load_is_counted_once_after_it()
    {
        var cancel = TestContext.Current.CancellationToken;
        var (repository, _) = Shop.Build();
        using var _repository = repository;
        var data = Directory.CreateTempSubdirectory("airworthy-data-").FullName;
        var http = new LoadedSender("http");
        var grpc = new LoadedSender("grpc");
        await using (var first = await ServerProcess.StartAsync(data, repository.Folder, cancel))
        {
            var sending = Task.WhenAll(http.SendUntilGoneAsync(first.Otlp, cancel), grpc.SendUntilGoneByGrpcAsync(first.OtlpGrpc, cancel));
            using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
            while ((http.Acknowledged < Enough || grpc.Acknowledged < Enough) && !sending.IsCompleted)
            {
                await tick.WaitForNextTickAsync(cancel);
            }

            await first.KillAsync();
            await sending;
        }

        await using var second = await ServerProcess.StartAsync(data, repository.Folder, cancel);
        foreach (var (sender, type) in new[] { (http, "application/json"), (grpc, "application/x-protobuf") })
        {
            var counted = await sender.CountedAsync(second.Http, cancel);
            Assert.InRange(sender.Acknowledged, Enough, int.MaxValue);
            Assert.InRange(counted, sender.Acknowledged, sender.Sent.Count);
            await sender.RepeatAsync(second.Otlp, type, cancel);
            Assert.Equal(counted, await sender.CountedAsync(second.Http, cancel));
        }

        Directory.Delete(data, recursive: true);
    }

    [Fact]
    public async Task On_a_full_disk_the_sender_is_asked_to_come_again_and_what_was_acknowledged_stays()
    {
        var cancel = TestContext.Current.CancellationToken;
        var (repository, _) = Shop.Build();
        using var _repository = repository;
        var data = Directory.CreateTempSubdirectory("airworthy-data-").FullName;
        var acknowledged = 0;
        using var http = new HttpClient();
        await using (var full = await ServerProcess.StartAsync(data, repository.Folder, largestFile: 3_000, cancel))
        {
            HttpResponseMessage answer;
            while ((answer = await PostAsync(http, full.Otlp, acknowledged, cancel)).IsSuccessStatusCode)
            {
                Assert.InRange(++acknowledged, 0, 2_000);
            }

            Assert.Equal(System.Net.HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.NotNull(answer.Headers.RetryAfter);
            // It lives, and still answers what it knows.
            Assert.True((await http.GetAsync(new Uri(full.Http, "healthz"), cancel)).IsSuccessStatusCode);
            Assert.Equal(acknowledged, await new LoadedSender("shop").CountedAsync(full.Http, cancel));
            await full.KillAsync();
        }

        await using var roomy = await ServerProcess.StartAsync(data, repository.Folder, cancel);
        Assert.Equal(acknowledged, await new LoadedSender("shop").CountedAsync(roomy.Http, cancel));
        Assert.True((await PostAsync(http, roomy.Otlp, acknowledged, cancel)).IsSuccessStatusCode);
        Assert.Equal(acknowledged + 1, await new LoadedSender("shop").CountedAsync(roomy.Http, cancel));
        Directory.Delete(data, recursive: true);
    }

    /// <summary>A failed span with a message as long as is kept, unlike any other.</summary>
    private static async Task<HttpResponseMessage> PostAsync(HttpClient http, Uri otlp, int number, CancellationToken cancel)
    {
        using var content = new StringContent(
            Shop.Failure(null, number, new string('x', 30_000)), System.Net.Http.Headers.MediaTypeHeaderValue.Parse("application/json"));
        return await http.PostAsync(new Uri(otlp, "v1/traces"), content, cancel);
    }
}
