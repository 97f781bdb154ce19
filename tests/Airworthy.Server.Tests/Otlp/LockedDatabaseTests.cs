using System.Net;
using Airworthy.Testing;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Airworthy.Server.Tests.Otlp;

/// <summary>A disk that answers late, or another process that holds the database: senders wait, and what was acknowledged is there.</summary>
public class LockedDatabaseTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task While_it_is_locked_senders_wait_those_beyond_the_limit_are_turned_away_and_nothing_is_acknowledged()
    {
        const int Places = 4;
        await using var host = await OtlpHost.StartAsync(new() { MaxConcurrentRequests = Places });
        await using var other = new SqliteConnection($"Data Source={host.Database};Pooling=False");
        await other.OpenAsync(Cancel);
        List<Task<HttpResponseMessage>> open;
        await using (await other.BeginTransactionAsync(Cancel))
        {
            open = [.. Enumerable.Range(0, 3 * Places).Select(i => host.PostAsync("/v1/traces", OneSpan.Of("shop", i, isJson: false)))];
            while (open.Count > Places)
            {
                var first = await Task.WhenAny(open);
                open.Remove(first);
                using var turnedAway = await first;
                Assert.Equal(HttpStatusCode.TooManyRequests, turnedAway.StatusCode);
            }

            // What is known can be read meanwhile.
            Assert.Empty(await host.Telemetry.TotalsAsync("shop", null, null, Cancel));
            Assert.DoesNotContain(open, waits => waits.IsCompleted);
        }

        foreach (var waited in open)
        {
            using var answer = await waited;
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        Assert.Equal(Places, (await host.Telemetry.TotalsAsync("shop", null, null, Cancel)).Sum(total => total.Calls));
    }
}
