using Airworthy.Model;

namespace Airworthy.Provenance.Records;

/// <summary>
/// Reads what git-ai wrote before 1.0 to a ref for each commit: <c>authorship/0.0.1</c>, where an agent is known by its name alone and so is
/// a person, whom it therefore does not attest; or already the text of a note.
/// </summary>
internal sealed class EarlyGitAiFormat : INoteFormat
{
    /// <summary>The refs are below this, named after the commits.</summary>
    public const string Prefix = "refs/ai/authorship";

    private readonly GitAiNoteFormat _later = new(Prefix);

    public bool TryRead(ReadOnlySpan<byte> text, IReadOnlyDictionary<string, AttestedAuthor?> elsewhere, out Note note, out string problem)
    {
        if (!IsEarly(text))
        {
            return _later.TryRead(text, elsewhere, out note, out problem);
        }

        var isJson = OutsideJson.TryRead(text, ReadFiles, out var files, out problem);
        if (isJson && files is null)
        {
            problem = "it has no 'files', or its schema is not 'authorship/0.0.x'";
        }

        note = new Note(files ?? AttestedFiles.None);
        return files is not null;
    }

    public IReadOnlyDictionary<string, AttestedAuthor?> Authors(ReadOnlySpan<byte> text) => ((INoteFormat)_later).Authors(text);

    public IEnumerable<Prompt> Prompts(ReadOnlySpan<byte> text) => _later.Prompts(text);

    private static bool IsEarly(ReadOnlySpan<byte> text) => text.TrimStart(" \t\r\n"u8).StartsWith("{"u8);

    private static AttestedFiles? ReadFiles(OutsideJson root) =>
        root.Member("files").IsObject && (root.Text("schema_version") ?? "authorship/0.0.1").StartsWith("authorship/0.0.", StringComparison.Ordinal)
            ? AttestedFiles.From(root.Members("files").Select(file => KeyValuePair.Create(new RepoPath(file.Name), Lines(file.Value))))
            : null;

    private static List<RecordedLines> Lines(OutsideJson file)
    {
        var lines =
            from author in file.Items("authors")
            let agent = AgentOf(author.Text("author"))
            from range in author.Items("lines")
            let span = SpanOf(range)
            where span is not null
            select new RecordedLines(span.Value, agent);
        return [.. lines.Take(RecordedLines.MostRanges)];
    }

    // A number, or a pair of the first and the last.
    private static LineSpan? SpanOf(OutsideJson range) => range.Number is { } line
        ? RecordedLines.Range(line, line)
        : range.AsItems().Select(item => item.Number).Take(3).ToList() is [{ } start, { } end] ? RecordedLines.Range(start, end) : null;

    private static AttestedAuthor? AgentOf(string? name) =>
        AgentName.Find(name) is { } agent ? new AttestedAuthor(new Agent(agent), SignalStrength.Strong)
        : ModelName.Find(name) is { } model ? new AttestedAuthor(new Agent(AgentName.Unknown, model), SignalStrength.Strong)
        : null;
}
