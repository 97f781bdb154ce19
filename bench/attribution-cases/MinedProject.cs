using System.Text.Json;
using Airworthy.Incidents;

namespace Airworthy.AttributionCases;

/// <summary>The cases of one project.</summary>
/// <param name="Project"><c>owner/name</c>.</param>
/// <param name="Features">Names of the features they were mined with, in order.</param>
/// <param name="Cases">The cases, by fix.</param>
internal sealed record MinedProject(string Project, string[] Features, MinedCase[] Cases)
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    public static IReadOnlyList<MinedProject> ReadAll(string folder) => [.. Directory.GetFiles(folder, "*.json").Order(StringComparer.Ordinal).Select(file => Read(file).Today())];

    /// <summary>What was mined of a project with the features of today; an empty one when nothing was.</summary>
    public static MinedProject Open(string folder, string project)
    {
        var fresh = new MinedProject(project, Enum.GetNames<FeatureKind>(), []);
        return System.IO.File.Exists(fresh.File(folder)) && Read(fresh.File(folder)) is { } known && known.Features.SequenceEqual(fresh.Features) ? known : fresh;
    }

    /// <summary>One case a line, so that a diff of the file reads.</summary>
    public void Write(string folder)
    {
        var cases = string.Join(",\n", Cases.Select(at => JsonSerializer.Serialize(at, s_json)));
        System.IO.File.WriteAllText(
            File(folder), $"{{\"project\":{JsonSerializer.Serialize(Project)},\"features\":{JsonSerializer.Serialize(Features)},\"cases\":[\n{cases}\n]}}\n");
    }

    private static MinedProject Read(string file) => JsonSerializer.Deserialize<MinedProject>(System.IO.File.ReadAllBytes(file), s_json)!;

    /// <summary>The cases with the features of today: of one that came later they have none, for any candidate alike, and so it tells nothing in them.</summary>
    private MinedProject Today()
    {
        var names = Enum.GetNames<FeatureKind>();
        var places = names.Select(name => Array.IndexOf(Features, name)).ToArray();
        return this with
        {
            Features = names,
            Cases = [.. Cases.Select(at => at with
            {
                Candidates = [.. at.Candidates.Select(candidate => candidate with { X = [.. places.Select(place => place < 0 ? 0 : candidate.X[place])] })],
            })],
        };
    }

    private string File(string folder) => Path.Combine(folder, Project.Replace('/', '+') + ".json");
}
