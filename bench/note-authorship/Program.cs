// Compares what `airworthy blame REPO --format ndjson` says of each line at HEAD with the note of the blamed commit, read directly.
// usage: airworthy blame REPO --format ndjson | note-authorship REPO
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Airworthy.NoteAuthorship;

if (args.Length != 1)
{
    Console.Error.WriteLine("usage: airworthy blame REPO --format ndjson | note-authorship REPO");
    return 64;
}

var blobs = Git("ls-tree", "-r", "refs/notes/ai").Split('\n', StringSplitOptions.RemoveEmptyEntries)
    .Select(line => line.Split('\t'))
    .ToDictionary(line => line[1].Replace("/", "", StringComparison.Ordinal), line => line[0].Split(' ')[2], StringComparer.Ordinal);
var notes = new Dictionary<string, NoteText?>(StringComparer.Ordinal);
using var objects = Start("cat-file", "--batch");
var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
var unlike = 0L;

// Every note parses, also of commits that no branch holds any more.
foreach (var commit in blobs.Keys)
{
    Count(Note(commit) is null ? "notes that can't be read" : "notes read");
    notes.Remove(commit);
}

while (Console.In.ReadLine() is { } json)
{
    using var file = JsonDocument.Parse(json);
    Count("files");
    foreach (var run in file.RootElement.GetProperty("runs").EnumerateArray())
    {
        Compare(file.RootElement.GetProperty("path").GetString()!, run);
    }
}

foreach (var (what, count) in counts)
{
    Console.WriteLine($"{count,12:N0}  {what}");
}

return unlike == 0 ? 0 : 1;

void Compare(string file, JsonElement run)
{
    var commit = run.GetProperty("sha").GetString()!;
    var path = run.GetProperty("originalPath").GetString()!;
    var start = run.GetProperty("originalStart").GetUInt64();
    var note = Note(commit);
    for (var line = start; line < start + run.GetProperty("count").GetUInt64(); line++)
    {
        var (kind, like) = Told(note, note?.KeyOf(path, line), run);
        Count(like ? $"lines alike: {kind}" : $"lines UNLIKE: {kind}");
        if (!like && unlike++ < 20)
        {
            Console.WriteLine($"{file} line {line} of {path} in {commit}: the note says {kind}, blame says {run.GetRawText()}");
        }
    }
}

(string Kind, bool Like) Told(NoteText? note, string? key, JsonElement run)
{
    var says = (run.GetProperty("authorship").GetString(), run.GetProperty("basis").GetString());
    var isOfLine = says.Item2 == "line";
    if (key is null || key == "human" || note!.RecordOf(key) is { Tool: "mock_ai" or "test-agent" })
    {
        // Silent or of nobody that counts: then only a ref of the time before notes may tell of the line itself.
        return ("nothing", !isOfLine || IsOfEarlyRef(run.GetProperty("sha").GetString()!));
    }

    if (key.StartsWith("h_", StringComparison.Ordinal))
    {
        return ("a person", says == ("human", "line"));
    }

    var agents = run.GetProperty("agents").EnumerateArray()
        .Select(agent => (agent.GetProperty("agent").GetString(), agent.GetProperty("session").GetString())).ToList();
    return note.RecordOf(key) is { } record
        ? ("an agent on record", says == ("ai", "line") && agents.Contains((Name(record.Tool), record.Conversation)))
        : ("an agent without record", says == ("ai", "line") && agents.Count > 0);
}

bool IsOfEarlyRef(string commit) => Git("for-each-ref", $"refs/ai/authorship/{commit}").Length > 0;

static string? Name(string? tool) => tool switch
{
    "claude" => "claude-code",
    "gemini" => "gemini-cli",
    "github-copilot" => "copilot",
    "github-copilot-cli" => "copilot-cli/sdk/app",
    "cursor-agent" => "cursor",
    _ => tool,
};

void Count(string what) => counts[what] = counts.GetValueOrDefault(what) + 1;

NoteText? Note(string commit)
{
    if (notes.TryGetValue(commit, out var known))
    {
        return known;
    }

    return notes[commit] = blobs.TryGetValue(commit, out var blob) ? Read(blob) : null;
}

NoteText? Read(string blob)
{
    objects.StandardInput.Write(blob + "\n");
    objects.StandardInput.Flush();
    var header = new StringBuilder();
    for (int read; (read = objects.StandardOutput.BaseStream.ReadByte()) is not '\n' and >= 0;)
    {
        header.Append((char)read);
    }

    var bytes = new byte[int.Parse(header.ToString().Split(' ')[2]) + 1];
    objects.StandardOutput.BaseStream.ReadExactly(bytes);
    try
    {
        return new NoteText(Encoding.UTF8.GetString(bytes[..^1]));
    }
    catch (Exception e) when (e is JsonException or FormatException)
    {
        return null;
    }
}

string Git(params string[] arguments)
{
    using var git = Start(arguments);
    git.StandardInput.Close();
    return git.StandardOutput.ReadToEnd();
}

Process Start(params string[] arguments)
{
    var start = new ProcessStartInfo("git", ["-c", "safe.directory=*", "-C", args[0], .. arguments]) 
    {
        UseShellExecute = false,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
    };
    return Process.Start(start)!;
}
