using System.Text.Json;

namespace Airworthy.Trials.Running;

/// <summary>What a worker appended to its file of results, a line of JSON each.</summary>
internal static class WorkerLines
{
    public static List<T> Read<T>(string file)
        where T : class
    {
        var lines = new List<T>();
        foreach (var line in File.Exists(file) ? File.ReadAllLines(file) : [])
        {
            try
            {
                lines.Add(JsonSerializer.Deserialize<T>(line)!);
            }
            catch (JsonException)
            {
                // The last line of a worker that was ended while it wrote.
            }
        }

        return lines;
    }
}
