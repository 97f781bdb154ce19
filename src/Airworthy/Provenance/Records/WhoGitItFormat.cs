using Airworthy.Model;

namespace Airworthy.Provenance.Records;

/// <summary>
/// Reads the notes of whogitit: every line with its source. <c>AI</c> lines are proof, <c>AIModified</c> ones (edited by a person since)
/// weak; <c>Human</c> is its word for lines that no edit of the agent matches, which attests nobody.
/// </summary>
internal sealed class WhoGitItFormat : INoteFormat
{
    /// <summary>Where whogitit keeps its notes.</summary>
    public const string Ref = "refs/notes/whogitit";

    public bool TryRead(ReadOnlySpan<byte> text, IReadOnlyDictionary<string, AttestedAuthor?> elsewhere, out Note note, out string problem)
    {
        var isJson = OutsideJson.TryRead(text, Read, out var files, out problem);
        if (isJson && files is null)
        {
            problem = "it has no 'session' or no 'files'";
        }

        note = new Note(files ?? AttestedFiles.None);
        return files is not null;
    }

    public IEnumerable<Prompt> Prompts(ReadOnlySpan<byte> text) =>
        OutsideJson.TryRead(text, ReadPrompts, out var prompts, out _) ? prompts! : [];

    private static AttestedFiles? Read(OutsideJson root)
    {
        if (!root.Member("session").IsObject || !root.Member("files").IsArray)
        {
            return null;
        }

        var agent = AgentOf(root.Member("session"));
        var files = new Dictionary<RepoPath, List<RecordedLines>>();
        foreach (var file in root.Items("files"))
        {
            if (file.Text("path") is { Length: > 0 } path)
            {
                files.TryAdd(new RepoPath(path), []);
                files[new RepoPath(path)].AddRange(Lines(file, agent));
            }
        }

        return AttestedFiles.From(files);
    }

    private static IEnumerable<RecordedLines> Lines(OutsideJson file, Agent agent)
    {
        var (sure, edited) = (new AttestedAuthor(agent), new AttestedAuthor(agent, SignalStrength.Weak));
        foreach (var line in file.Items("lines").Take(RecordedLines.MostRanges))
        {
            AttestedAuthor? author = (line.Member("source").Text("type") ?? line.Text("source")) switch
            {
                "AI" => sure,
                "AIModified" => edited,
                _ => null,
            };
            if (line.WholeNumber("line_number") is { } number && RecordedLines.Range(number, number) is { } span)
            {
                yield return new RecordedLines(span, author);
            }
        }
    }

    private static List<Prompt> ReadPrompts(OutsideJson root)
    {
        var agent = AgentOf(root.Member("session"));
        return
        [
            .. root.Items("prompts")
                .Select(prompt => Prompt.Of(Ref, agent, prompt.Text("text"), prompt.Instant("timestamp")))
                .OfType<Prompt>()
                .Take(Prompt.MostOfCommit),
        ];
    }

    // It records Claude Code and nothing else yet, so the provider stands for the tool.
    private static Agent AgentOf(OutsideJson session) => new(
        session.Member("model").Text("provider") == "anthropic" ? "claude-code" : AgentName.Unknown,
        ModelName.FromField(session.Member("model").Text("id")),
        SignalLimits.BoundOrNull(session.Text("session_id")));
}
