using System.Text;
using System.Text.Json;
using Airworthy.Model;

namespace Airworthy.Probes.Replay;

/// <summary>Has the worker do its work inside a built application, however often a call ends its process.</summary>
internal static class WorkerRun
{
    /// <summary>The worker's own exit code for a call that did not end.</summary>
    private const int Stuck = 3;

    /// <summary>Time to start and to write, beside the calls' own.</summary>
    private static readonly TimeSpan s_overhead = TimeSpan.FromMinutes(1);

    /// <summary>What the worker said of each call, by its recording's id: an object with a <c>state</c>.</summary>
    /// <param name="application">The assembly to start.</param>
    /// <param name="recordings">The documents of the calls.</param>
    /// <param name="isTests">True to have tests written of the calls; false to have them made.</param>
    /// <param name="patience">How long one call may take.</param>
    /// <param name="results">A file to write, that is not there yet.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <exception cref="ProbeException">The application can't be started at all.</exception>
    public static async Task<IReadOnlyDictionary<Guid, JsonElement>> RunAsync(
        string application, IEnumerable<JsonElement> recordings, bool isTests, TimeSpan patience, string results, CancellationToken cancel)
    {
        var answers = new Dictionary<Guid, JsonElement>();
        var left = recordings.ToList();
        while (left.Count > 0)
        {
            var (exit, output) = await StartAsync(application, left, isTests, patience, results, cancel);
            var begun = Read(results, answers);
            if (left.RemoveAll(recording => answers.ContainsKey(Id(recording))) > 0 && exit is 0 or Stuck)
            {
                continue;
            }

            // The process is gone, and with it the call that it had begun.
            if (begun is not { } last || answers.ContainsKey(last))
            {
                throw new ProbeException(Fault.BadInput, $"'{Path.GetFileName(application)}' can't be started for a replay: {Printed(output)}");
            }

            answers[last] = JsonSerializer.SerializeToElement(new { state = "crashed", reason = Printed(output) });
            left.RemoveAll(recording => Id(recording) == last);
        }

        return answers;
    }

    /// <summary>The assembly that works within the application.</summary>
    /// <exception cref="ProbeException">It is not there.</exception>
    public static string Hook()
    {
        var hook = Path.Combine(AppContext.BaseDirectory, "Airworthy.Replay.dll");
        return File.Exists(hook) ? hook : throw new ProbeException(Fault.Unavailable, $"'{hook}' is not there; install airworthy again");
    }

    private static Guid Id(JsonElement recording) => recording.GetProperty("id").GetGuid();

    private static async Task<(int? Exit, string Output)> StartAsync(
        string application, List<JsonElement> recordings, bool isTests, TimeSpan patience, string results, CancellationToken cancel)
    {
        var hook = Hook();
        using var job = new MemoryStream();
        using (var json = new Utf8JsonWriter(job))
        {
            json.WriteStartObject();
            json.WriteNumber("seconds", patience.TotalSeconds);
            json.WriteBoolean("tests", isTests);
            json.WriteStartArray("recordings");
            foreach (var recording in recordings)
            {
                recording.WriteTo(json);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["DOTNET_STARTUP_HOOKS"] = hook, ["AIRWORTHY_REPLAY"] = results };
        return await DotnetCommand.RunAsync(
            Path.GetDirectoryName(application)!, ["exec", application], environment, job.ToArray(), s_overhead + (patience * recordings.Count), cancel);
    }

    /// <summary>Takes what the worker wrote; gives the call that it began last.</summary>
    private static Guid? Read(string results, Dictionary<Guid, JsonElement> answers)
    {
        Guid? begun = null;
        foreach (var line in File.Exists(results) ? File.ReadAllLines(results, Encoding.UTF8) : [])
        {
            try
            {
                using var document = JsonDocument.Parse(line);
                var root = document.RootElement;
                if (root.TryGetProperty("begun", out var id))
                {
                    begun = id.GetGuid();
                }
                else
                {
                    answers[root.GetProperty("id").GetGuid()] = root.Clone();
                }
            }
            catch (JsonException)
            {
                // The last line of a process that ended while it wrote.
            }
        }

        return begun;
    }

    private static string Printed(string output) =>
        output.Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.Length > 0) ?? "it said nothing";
}
