using System.Diagnostics;
using System.Text.RegularExpressions;
using Airworthy.Journeys.Probation;
using Airworthy.Server;
using Microsoft.Extensions.DependencyInjection;

namespace Airworthy.Bench.JudgingRound;

/// <summary>How long a server takes to answer the ledger's page, once it has judged.</summary>
internal static class LedgerPage
{
    private const int Rounds = 20;
    private const string Address = "http://127.0.0.1:4399";

    public static async Task MeasureAsync(string data, TimeProvider time)
    {
        await using var app = await AirworthyServer.BuildAsync(
            new ServerOptions { DataDirectory = data, Http = Address, OtlpGrpc = "http://127.0.0.1:0", OtlpHttp = "http://127.0.0.1:0", RepositoryPoll = TimeSpan.FromMilliseconds(200), Time = time },
            CancellationToken.None);
        await app.StartAsync();
        var round = app.Services.GetRequiredService<ProbationRound>();
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (round.JudgedUntil is null)
        {
            await tick.WaitForNextTickAsync();
        }

        using var client = new HttpClient { BaseAddress = new Uri(Address) };
        var change = Regex.Match(await client.GetStringAsync(new Uri("/changes", UriKind.Relative)), "\"(?<page>/changes/[^\"/]+/[^\"/]+)\"", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture).Groups["page"].Value;
        foreach (var page in new[] { "/changes", "/changes?sort=exposure", "/changes?state=experimental&service=Shop0", "/changes?path=src/C7.cs", change })
        {
            var times = new List<double>();
            for (var i = 0; i < Rounds; i++)
            {
                var began = Stopwatch.GetTimestamp();
                var text = await client.GetStringAsync(new Uri(page, UriKind.Relative));
                times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                if (!text.Contains("Change ", StringComparison.Ordinal))
                {
                    throw new InvalidOperationException($"{page} shows no change");
                }
            }

            Console.WriteLine(FormattableString.Invariant($"{page,-46} first {times[0],5:0} ms, median of {Rounds} {times.Order().ElementAt(Rounds / 2),5:0} ms, slowest after the first {times.Skip(1).Max(),5:0} ms"));
        }

        await app.StopAsync();
    }
}
