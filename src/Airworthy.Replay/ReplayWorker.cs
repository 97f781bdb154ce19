using System.Text.Json;
using Airworthy.Probes.Recording;

namespace Airworthy.Replay;

/// <summary>
/// Makes recorded calls again, one after the other, and writes what each came to as one line of JSON. A call that ends the process, or does not end, is the
/// last of its process: whoever started it sees which one that was, and starts another for the rest.
/// </summary>
internal static class ReplayWorker
{
    public const int Done = 0;

    /// <summary>A call did not end in time.</summary>
    public const int Stuck = 3;

    /// <param name="job"><c>{seconds, tests, recordings: […]}</c>; with tests, a test is written of each call, and none is made.</param>
    /// <param name="results">The file to write.</param>
    public static int Run(JsonElement job, string results)
    {
        var patience = TimeSpan.FromSeconds(job.GetProperty("seconds").GetDouble());
        var isTests = job.TryGetProperty("tests", out var tests) && tests.GetBoolean();
        using var output = new FileStream(results, FileMode.Append, FileAccess.Write, FileShare.Read);
        foreach (var recording in job.GetProperty("recordings").EnumerateArray())
        {
            var id = recording.GetProperty("id").GetGuid();
            Write(output, json => json.WriteString("begun", id));
            byte[]? outcome = null;
            // Its own thread: it may block, overflow its stack or change its culture.
            var thread = new Thread(() => outcome = Outcome(id, recording, isTests)) { IsBackground = true };
            thread.Start();
            if (!thread.Join(patience))
            {
                Write(output, json =>
                {
                    json.WriteString("id", id);
                    json.WriteString("state", "timed-out");
                });
                return Stuck;
            }

            output.Write(outcome!);
            output.Flush();
        }

        return Done;
    }

    private static byte[] Outcome(Guid id, JsonElement recording, bool isTests)
    {
        using var line = new MemoryStream();
        Write(line, json =>
        {
            json.WriteString("id", id);
            try
            {
                if (isTests)
                {
                    var code = TestCode.Of(recording);
                    json.WriteString("state", "written");
                    json.WriteString("code", code);
                }
                else
                {
                    WriteCall(json, MethodReplay.Of(recording), new ReplayScope(recording));
                }
            }
            catch (NotReplayableException reason)
            {
                json.WriteString("state", "not-replayable");
                json.WriteString("reason", reason.Message);
            }
        });
        return line.ToArray();
    }

    private static void WriteCall(Utf8JsonWriter json, MethodReplay call, ReplayScope scope)
    {
        object? result = null;
        Exception? thrown = null;
        try
        {
            ReplayScope.Current = scope;
            result = call.Call();
        }
#pragma warning disable CA1031 // What the application throws is what is asked for.
        catch (Exception any)
#pragma warning restore CA1031
        {
            thrown = any;
        }

        json.WriteString("state", thrown is null ? "returned" : "threw");
        json.WriteStartObject("outcome");
        if (thrown is null)
        {
            json.WritePropertyName("result");
            Graph(json).Write("result", result);
        }
        else
        {
            json.WriteStartObject("exception");
            json.WriteString("type", thrown.GetType().FullName);
            json.WriteEndObject();
        }

        scope.Write(json);
        // What the call changed is an outcome as much as what it gave.
        json.WriteStartObject("after");
        if (call.Receiver is not null)
        {
            json.WritePropertyName("receiver");
            Graph(json).Write("receiver", call.Receiver);
        }

        var parameters = call.Method.GetParameters();
        for (var i = 0; i < parameters.Length; i++)
        {
            var name = MemberParts.NameOf(parameters[i]) + (parameters[i].Name is null or "" ? parameters[i].Position.ToString(System.Globalization.CultureInfo.InvariantCulture) : "");
            json.WritePropertyName(name);
            Graph(json).Write(name, call.Arguments[i]);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static GraphWriter Graph(Utf8JsonWriter json) => new(json, new Redactor(), RecordingLimits.Default);

    private static void Write(Stream output, Action<Utf8JsonWriter> write)
    {
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
        output.Flush();
    }
}
