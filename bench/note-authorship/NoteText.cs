using System.Text.Json;

namespace Airworthy.NoteAuthorship;

/// <summary>The text of a git-ai note, read in the plainest way: for a line, the last entry that covers it, and the record behind its key.</summary>
internal sealed class NoteText
{
    private readonly Dictionary<string, List<(string Key, ulong First, ulong Last)>> _entries = new(StringComparer.Ordinal);
    private readonly JsonElement _metadata;

    /// <summary>Reads it.</summary>
    /// <exception cref="JsonException">Its second part is no JSON.</exception>
    /// <exception cref="FormatException">It is no note.</exception>
    public NoteText(string text)
    {
        var lines = text.Split('\n');
        var divider = Array.FindIndex(lines, line => line == "---");
        if (divider < 0)
        {
            throw new FormatException("no line '---'");
        }

        List<(string, ulong, ulong)> file = [];
        foreach (var line in lines[..divider].Select(line => line.TrimEnd()).Where(line => line.Length > 0))
        {
            if (!line.StartsWith("  ", StringComparison.Ordinal))
            {
                var path = line is ['"', .., '"'] ? line[1..^1] : line;
                file = _entries.TryGetValue(path, out var known) ? known : _entries[path] = [];
                continue;
            }

            var words = line[2..].Split(' ', 2);
            foreach (var range in words[1].Split(','))
            {
                var ends = range.Split('-');
                file.Add((words[0], ulong.Parse(ends[0]), ulong.Parse(ends[^1])));
            }
        }

        _metadata = JsonDocument.Parse(string.Join('\n', lines[(divider + 1)..])).RootElement;
    }

    /// <summary>The key of the last entry that covers a line; null when none does.</summary>
    public string? KeyOf(string path, ulong line) => _entries.TryGetValue(path, out var entries)
        ? entries.FindLast(entry => entry.First <= line && line <= entry.Last).Key
        : null;

    /// <summary>The record behind a key: the tool and the conversation; null when the note keeps none.</summary>
    public (string? Tool, string? Conversation)? RecordOf(string key)
    {
        foreach (var kind in (string[])["sessions", "prompts"])
        {
            if (_metadata.TryGetProperty(kind, out var records)
                && records.TryGetProperty(key.Split("::")[0], out var record)
                && record.TryGetProperty("agent_id", out var agent))
            {
                return (agent.GetProperty("tool").GetString(), agent.GetProperty("id").GetString());
            }
        }

        return null;
    }
}
