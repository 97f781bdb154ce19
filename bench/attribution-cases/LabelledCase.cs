using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Airworthy.AttributionCases;

/// <summary>An incident whose cause is known.</summary>
/// <param name="Repository"><c>owner/name</c>.</param>
/// <param name="Name">What to call it.</param>
/// <param name="Revision">The revision that failed: a bad release, else the parent of the fix.</param>
/// <param name="Before">The last good release; null when not known.</param>
/// <param name="Causes">The commits that caused it: any of them is the right answer.</param>
/// <param name="Trace">The stack trace, as its runtime writes it; null when only a symptom was told.</param>
internal sealed record LabelledCase(
    string Repository, string Name, string Revision, string? Before, ImmutableArray<string> Causes, string? Trace)
{
    public static IEnumerable<LabelledCase> Read(string file)
    {
        using var cases = JsonDocument.Parse(File.ReadAllBytes(file));
        foreach (var incident in cases.RootElement.GetProperty("dotnet").EnumerateArray())
        {
            yield return new LabelledCase(
                Text(incident, "repo"), Text(incident, "id"), Text(incident, "bad").Split([',', ' '])[^1], Text(incident, "good"), [Text(incident, "inducing")], DotNet(incident));
        }

        foreach (var incident in cases.RootElement.GetProperty("rsync").EnumerateArray())
        {
            yield return new LabelledCase(
                "RsyncProject/rsync",
                string.Create(CultureInfo.InvariantCulture, $"rsync-{incident.GetProperty("issue").GetInt32()}"),
                Text(incident, "bad").Split([',', ' '])[^1],
                Text(incident, "good"),
                [Text(incident, "inducing")],
                Trace: null);
        }

        foreach (var incident in cases.RootElement.GetProperty("ovn").EnumerateArray())
        {
            yield return new LabelledCase(
                Text(incident, "repo"),
                Text(incident, "fix")[..12],
                Text(incident, "fix") + "^",
                Before: null,
                [.. incident.GetProperty("inducing").EnumerateArray().Select(sha => sha.GetString()!)],
                Native(incident));
        }
    }

    private static string Text(JsonElement of, string name) => of.GetProperty(name).GetString()!;

    private static string DotNet(JsonElement incident)
    {
        var text = new StringBuilder(Text(incident, "exception")).Append(": told by its reporter\n");
        foreach (var frame in incident.GetProperty("frames").EnumerateArray())
        {
            text.Append(CultureInfo.InvariantCulture, $"   at {Text(frame, "symbol")} in {Text(frame, "path")}:line {frame.GetProperty("line").GetInt32()}\n");
        }

        return text.ToString();
    }

    private static string Native(JsonElement incident)
    {
        var text = new StringBuilder();
        var number = 0;
        foreach (var frame in incident.GetProperty("frames").EnumerateArray())
        {
            text.Append(CultureInfo.InvariantCulture, $"#{number++} {Text(frame, "func")} () at {Text(frame, "path")}:{frame.GetProperty("line").GetInt32()}\n");
        }

        return text.ToString();
    }
}
