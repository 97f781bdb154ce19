using System.Globalization;
using System.Text.Json;
using Airworthy.Testing;

namespace Airworthy.Cli.Tests.Provenance;

/// <summary>
/// A git-ai note read in the plainest way, beside Airworthy's own reader: which author each line has. An agent is <c>tool/model</c>, a
/// person the name.
/// </summary>
internal static class PlainNote
{
    public static string Text(RepositoryBuilder repository, string commit) => repository.Git("notes", "--ref=ai", "show", commit);

    /// <summary>What the note of a commit says, as <c>file:line=author</c> in order.</summary>
    public static string[] Lines(RepositoryBuilder repository, string commit)
    {
        var parts = Text(repository, commit).Split("\n---\n", 2);
        using var json = JsonDocument.Parse(parts[1]);
        var authors = new SortedDictionary<(string File, int Line), string>();
        var file = "";
        foreach (var line in parts[0].Split('\n'))
        {
            if (!line.StartsWith("  ", StringComparison.Ordinal))
            {
                file = line.Trim('"');
                continue;
            }

            var words = line[2..].Split(' ');
            foreach (var range in words[1].Split(','))
            {
                var ends = range.Split('-').Select(end => int.Parse(end, CultureInfo.InvariantCulture)).ToArray();
                for (var number = ends[0]; number <= ends[^1]; number++)
                {
                    authors[(file, number)] = Author(json.RootElement, words[0]);
                }
            }
        }

        return [.. authors.Select(pair => $"{pair.Key.File}:{pair.Key.Line}={pair.Value}")];
    }

    private static string Author(JsonElement root, string key)
    {
        if (key.StartsWith("h_", StringComparison.Ordinal))
        {
            return root.GetProperty("humans").GetProperty(key).GetProperty("author").GetString()!.Split(' ')[0];
        }

        var agent = root.GetProperty("sessions").GetProperty(key.Split("::")[0]).GetProperty("agent_id");
        return $"{agent.GetProperty("tool").GetString()}/{agent.GetProperty("model").GetString()}";
    }
}
