using System.Text.Json;
using System.Text.Json.Serialization;

namespace Airworthy.AttributionCases;

/// <summary>An incident with its known cause, as revisions, frames and derived figures: no text of the project.</summary>
/// <param name="Fix">The commit that mended it.</param>
/// <param name="Revision">The commit that failed: the fix's parent, or a bad release.</param>
/// <param name="Causes">The commits that caused it, as the fix names them.</param>
/// <param name="Frames">The in-app frames, innermost first: function, file and line as told.</param>
/// <param name="TopFrame">True when the owner of the first in-app line is a cause: blame of the top frame.</param>
/// <param name="Newest">True when the newest owner of any in-app line is: most recent over the frames.</param>
/// <param name="Candidates">The candidates, each with its features in the order of <c>features</c>.</param>
internal sealed record MinedCase(
    string Fix, string Revision, string[] Causes, MinedFrame[] Frames, bool TopFrame, bool Newest, MinedCandidate[] Candidates)
{
    /// <summary>True when a cause is among the candidates.</summary>
    [JsonIgnore]
    public bool IsReachable => Array.Exists(Candidates, candidate => candidate.IsCause);
}

/// <summary>A frame of the trace that is the repository's own.</summary>
internal sealed record MinedFrame(string? Function, string Path, int? Line);

/// <summary>A candidate and its features.</summary>
internal sealed record MinedCandidate(string Commit, bool IsCause, double[] X);

/// <summary>The cases of one project.</summary>
/// <param name="Project"><c>owner/name</c>.</param>
/// <param name="Kind"><c>native</c>, <c>dotnet</c>, …</param>
/// <param name="Features">Names of the features, in order.</param>
/// <param name="Cases">The cases, by fix.</param>
internal sealed record MinedProject(string Project, string Kind, string[] Features, MinedCase[] Cases)
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    public static IReadOnlyList<MinedProject> ReadAll(string folder) =>
        [.. Directory.GetFiles(folder, "*.json").Order(StringComparer.Ordinal).Select(file => JsonSerializer.Deserialize<MinedProject>(File.ReadAllBytes(file), s_json)!)];

    /// <summary>One case a line, so that a diff of the file reads.</summary>
    public void Write(string folder)
    {
        using var file = File.CreateText(Path.Combine(folder, Project.Replace('/', '+') + ".json"));
        file.Write($"{{\"project\":{JsonSerializer.Serialize(Project)},\"kind\":{JsonSerializer.Serialize(Kind)},\"features\":{JsonSerializer.Serialize(Features)},\"cases\":[\n");
        file.Write(string.Join(",\n", Cases.Select(at => JsonSerializer.Serialize(at, s_json))));
        file.Write("\n]}\n");
    }
}
