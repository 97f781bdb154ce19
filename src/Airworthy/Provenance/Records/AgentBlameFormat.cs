using Airworthy.Model;

namespace Airworthy.Provenance.Records;

/// <summary>
/// Reads the notes of Agent Blame, version 1 (names in snake case) and 2 (in camel case): a list of line ranges with the agent whose edit
/// they match.
/// </summary>
internal sealed class AgentBlameFormat : INoteFormat
{
    /// <summary>Where Agent Blame keeps its notes.</summary>
    public const string Ref = "refs/notes/agentblame";

    // Below it the tool itself matched by resemblance only.
    private const double Sure = 0.5;

    public bool TryRead(ReadOnlySpan<byte> text, IReadOnlyDictionary<string, AttestedAuthor?> elsewhere, out Note note, out string problem)
    {
        var isJson = OutsideJson.TryRead(text, Read, out var files, out problem);
        if (isJson && files is null)
        {
            problem = "it has no 'attributions', or its version is neither 1 nor 2";
        }

        note = new Note(files ?? AttestedFiles.None);
        return files is not null;
    }

    public IEnumerable<Prompt> Prompts(ReadOnlySpan<byte> text) => [];

    private static AttestedFiles? Read(OutsideJson root)
    {
        if (root.WholeNumber("version") is not (1 or 2) || !root.Member("attributions").IsArray)
        {
            return null;
        }

        var files = new Dictionary<RepoPath, List<RecordedLines>>();
        foreach (var attribution in root.Items("attributions").Take(RecordedLines.MostRanges))
        {
            if (attribution.Text("path") is { Length: > 0 } path
                && attribution.WholeNumber("start_line", "startLine") is { } start
                && RecordedLines.Range(start, attribution.WholeNumber("end_line", "endLine") ?? start) is { } span)
            {
                files.TryAdd(new RepoPath(path), []);
                files[new RepoPath(path)].Add(new RecordedLines(span, AuthorOf(attribution)));
            }
        }

        return AttestedFiles.From(files);
    }

    private static AttestedAuthor AuthorOf(OutsideJson attribution) => new(
        new Agent(
            AgentName.FromTool(attribution.Text("provider")?.Replace('_', '-')),
            ModelName.FromField(attribution.Text("model"))),
        attribution.Text("category") is not (null or "ai_generated") ? SignalStrength.Assist
        : attribution.Member("confidence").Real is { } confidence && confidence < Sure ? SignalStrength.Weak
        : SignalStrength.Proof);
}
