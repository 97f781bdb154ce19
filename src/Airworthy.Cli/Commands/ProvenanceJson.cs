using System.Text.Encodings.Web;
using System.Text.Json;
using Airworthy.Model;

namespace Airworthy.Cli.Commands;

/// <summary>How the JSON of every verb tells who wrote something, and where. The formats are promised: docs/formats.</summary>
internal static class ProvenanceJson
{
    /// <summary>One object a line, other scripts as they are, controls escaped.</summary>
    public static readonly JsonWriterOptions Line = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Word(AuthorKind kind) => kind switch
    {
        AuthorKind.Ai => "ai",
        AuthorKind.Human => "human",
        _ => "unknown",
    };

    public static string Word(SignalStrength strength) => strength switch
    {
        SignalStrength.Proof => "proof",
        SignalStrength.Strong => "strong",
        SignalStrength.Weak => "weak",
        _ => "assist",
    };

    /// <summary>Writes <c>"agents":[{"agent","model","session"}]</c>.</summary>
    public static void WriteAgents(this Utf8JsonWriter json, IEnumerable<Agent> agents) => json.WriteObjects("agents", agents, static (json, agent) =>
    {
        json.WriteString("agent", Text(agent.Name));
        json.WriteString("model", Text(agent.Model));
        json.WriteString("session", Text(agent.Session));
    });

    /// <summary>Writes <c>"conflicts"</c> as <see cref="WriteSignals"/> does, where there are any.</summary>
    public static void WriteConflicts(this Utf8JsonWriter json, Authorship authorship)
    {
        if (!authorship.Conflicts.IsEmpty)
        {
            json.WriteSignals("conflicts", authorship.Conflicts);
        }
    }

    /// <summary>Writes <c>[{"kind","source","strength","value","agent"}]</c>; the agent is null for a record of a person.</summary>
    public static void WriteSignals(this Utf8JsonWriter json, string property, IEnumerable<Signal> signals) => json.WriteObjects(property, signals, static (json, signal) =>
    {
        json.WriteString("kind", signal.Kind);
        json.WriteString("source", signal.Source);
        json.WriteString("strength", Word(signal.Strength));
        json.WriteString("value", Text(signal.Value));
        json.WriteString("agent", Text(signal.Agent?.Name));
    });

    /// <summary>
    /// Writes a path; one that is not valid UTF-8 has U+FFFD for each bad byte, and beside it its bytes as <c>…Base64</c>.
    /// </summary>
    public static void WritePath(this Utf8JsonWriter json, string property, RepoPath path)
    {
        if (path.IsText)
        {
            json.WriteString(property, path.Value);
            return;
        }

        json.WriteString(property, Text(path.Value));
        json.WriteBase64String($"{property}Base64", path.ToBytes());
    }

    /// <summary><paramref name="text"/> with U+FFFD for lone surrogates, which JSON in UTF-8 can't hold.</summary>
    public static string? Text(string? text)
    {
        if (text is null || !text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF'))
        {
            return text;
        }

        return string.Concat(text.EnumerateRunes().Select(rune => rune.ToString()));
    }
}
