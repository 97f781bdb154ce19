using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Airworthy.Model;

namespace Airworthy.Provenance.Records;

/// <summary>Reads a log of Agent Trace records, tolerant of what their reference implementation writes against its own specification.</summary>
internal sealed partial class AgentTraceLog
{
    private const int MostRecords = 200_000;
    private const int MostEdits = 1_000_000;
    private const int LongestRecord = 4 << 20;

    // What the reference implementation writes when it knows no file.
    private static readonly HashSet<string> s_pseudoPaths = new(StringComparer.Ordinal) { ".sessions", ".shell-history", ".unknown" };

    private static readonly string[] s_sessionNames = ["conversation_id", "session_id", "generation_id"];

    private AgentTraceLog(ImmutableArray<TracedEdit> edits, int records, int malformed) => (Edits, Records, Malformed) = (edits, records, malformed);

    /// <summary>The edits in the order logged.</summary>
    public ImmutableArray<TracedEdit> Edits { get; }

    /// <summary>How many records it has, malformed ones among them.</summary>
    public int Records { get; }

    /// <summary>Lines that are no record.</summary>
    public int Malformed { get; }

    public static AgentTraceLog Read(ReadOnlySpan<byte> log)
    {
        var edits = ImmutableArray.CreateBuilder<TracedEdit>();
        var (records, malformed) = (0, 0);
        foreach (var range in log.Split((byte)'\n'))
        {
            var line = log[range].Trim(" \t\r"u8);
            if (line.IsEmpty)
            {
                continue;
            }

            if (++records > MostRecords || edits.Count > MostEdits)
            {
                break;
            }

            if (line.Length <= LongestRecord && OutsideJson.TryRead(line, ReadRecord, out var read, out _) && read is not null)
            {
                edits.AddRange(read);
            }
            else
            {
                malformed++;
            }
        }

        return new AgentTraceLog(edits.ToImmutable(), records, malformed);
    }

    // Null when it is no record of a version like this one.
    private static List<TracedEdit>? ReadRecord(OutsideJson record)
    {
        if (record.Text("version") is not { } version || !Version().IsMatch(version) || !record.Member("files").IsArray)
        {
            return null;
        }

        if (record.Member("vcs").Text("type") is not (null or "git"))
        {
            return [];
        }

        CommitId? revision = CommitId.TryParse(record.Member("vcs").Text("revision"), out var id) ? id : null;
        var edits =
            from file in record.Items("files")
            let path = PathOf(file.Text("path"))
            where path is not null
            from conversation in file.Items("conversations")
            from edit in ReadEdits(record, conversation, revision, path.Value)
            select edit;
        return [.. edits.Take(MostEdits)];
    }

    private static IEnumerable<TracedEdit> ReadEdits(OutsideJson record, OutsideJson conversation, CommitId? revision, RepoPath path)
    {
        var ranges = conversation.Items("ranges").ToList();
        foreach (var range in ranges)
        {
            var own = range.Member("contributor");
            if (range.WholeNumber("start_line") is not { } start
                || RecordedLines.Range(start, range.WholeNumber("end_line") ?? start) is not { } span
                || AuthorOf(record, conversation, own.IsObject ? own : conversation.Member("contributor")) is not { } author)
            {
                continue;
            }

            // Line 1 alone is what the reference implementation writes for want of a range.
            var isNone = ranges.Count == 1 && span is { Start: 1, End: 1 };
            yield return new TracedEdit(revision, path, isNone ? null : span, Hash(range.Text("content_hash")), author);
        }
    }

    private static AttestedAuthor? AuthorOf(OutsideJson record, OutsideJson conversation, OutsideJson contributor)
    {
        if (contributor.Text("type") is not ("human" or "ai" or "mixed") || contributor.Text("type") == "human")
        {
            return contributor.Text("type") == "human" ? AttestedAuthor.Person : null;
        }

        var tool = record.Member("tool").Text("name");
        var agent = new Agent(
            AgentName.Find(tool) ?? AgentName.FromTool(tool),
            ModelName.FromField(contributor.Text("model_id")),
            SignalLimits.BoundOrNull(record.Member("metadata").Text(s_sessionNames) ?? Link(conversation.Text("url"))));
        return new AttestedAuthor(agent, contributor.Text("type") == "ai" ? SignalStrength.Proof : SignalStrength.Assist);
    }

    // A path of the writer's own machine leads nowhere.
    private static string? Link(string? url) => url?.StartsWith("https://", StringComparison.Ordinal) is true ? url : null;

    private static RepoPath? PathOf(string? path)
    {
        path = path?.StartsWith("./", StringComparison.Ordinal) is true ? path[2..] : path;
        return string.IsNullOrEmpty(path) || path[0] == '/' || s_pseudoPaths.Contains(path) || path.Split('/').Contains("..", StringComparer.Ordinal)
            ? null
            : new RepoPath(path);
    }

    private static uint? Hash(string? text) =>
        text?.StartsWith("murmur3:", StringComparison.Ordinal) is true
        && uint.TryParse(text.AsSpan("murmur3:".Length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hash)
            ? hash
            : null;

    [GeneratedRegex(@"^\d{1,6}(\.\d{1,6}){1,2}$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Version();
}
