using System.Text.Json;
using Airworthy.Probes.Recordings;

namespace Airworthy.Probes.Replay;

/// <summary>
/// Sends recorded requests to a built service, in the order in which they were made. One that ends the service, or does not end itself, is followed by a new start.
/// </summary>
internal static class ServiceRun
{
    /// <summary>What each request came to, by its recording's id.</summary>
    /// <param name="application">The assembly to start.</param>
    /// <param name="requests">The recorded requests.</param>
    /// <param name="patience">How long one may take.</param>
    /// <param name="folder">An empty folder for what the service writes.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <exception cref="ProbeException">The service can't be started.</exception>
    public static async Task<IReadOnlyDictionary<Guid, ReplayedCall>> RunAsync(
        string application, IReadOnlyList<RecordedCall> requests, TimeSpan patience, string folder, CancellationToken cancel)
    {
        var calls = new Dictionary<Guid, ReplayedCall>();
        var ids = new CarriedIds();
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false }) { Timeout = Timeout.InfiniteTimeSpan };
        var left = new Queue<RecordedCall>(requests.OrderBy(request => request.Time).ThenBy(request => request.Id));
        while (left.Count > 0)
        {
            Directory.CreateDirectory(folder);
            await using var service = await RunningService.StartAsync(application, folder, WorkerRun.Hook(), Job(left), cancel);
            while (left.TryDequeue(out var request))
            {
                var call = calls[request.Id] = await SendAsync(http, service, request, ids, patience, cancel);
                if (call.State is ReplayState.TimedOut or ReplayState.Crashed)
                {
                    break;
                }
            }
        }

        return calls;
    }

    private static async Task<ReplayedCall> SendAsync(HttpClient http, RunningService service, RecordedCall request, CarriedIds ids, TimeSpan patience, CancellationToken cancel)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        time.CancelAfter(patience);
        try
        {
            return await RequestReplay.SendAsync(http, service.Address, request, ids, time.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new ReplayedCall(ReplayState.TimedOut, "", Outcome: null);
        }
        catch (Exception gone) when (gone is HttpRequestException or IOException)
        {
            return new ReplayedCall(ReplayState.Crashed, service.HasEnded ? await service.EndAsync() : "it ended the connection", Outcome: null);
        }
    }

    private static byte[] Job(IEnumerable<RecordedCall> requests)
    {
        using var job = new MemoryStream();
        using (var json = new Utf8JsonWriter(job))
        {
            json.WriteStartObject();
            json.WriteStartArray("recordings");
            foreach (var request in requests)
            {
                request.Document.WriteTo(json);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return job.ToArray();
    }
}
