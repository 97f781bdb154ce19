using Airworthy.Model;

namespace Airworthy.Provenance.Carrying;

/// <summary>Who is to be recorded as the writer of lines: an agent's session, or a person.</summary>
public sealed record NoteAuthor
{
    private const int MostCharacters = 200;

    // git-ai's names of the agents that we call otherwise.
    private static readonly Dictionary<string, string> s_tools = new(StringComparer.OrdinalIgnoreCase)
    {
        ["claude-code"] = "claude",
        ["gemini-cli"] = "gemini",
        ["copilot"] = "github-copilot",
    };

    private NoteAuthor(string? tool, string model, string session, string? person) =>
        (Tool, Model, Session, Person) = (tool, model, session, person);

    /// <summary>The agent, by git-ai's name for it; null when a person wrote the lines.</summary>
    public string? Tool { get; }

    /// <summary>The model; <c>unknown</c> when it is not told.</summary>
    public string Model { get; }

    /// <summary>The agent's own id of the conversation.</summary>
    public string Session { get; }

    /// <summary>The person that wrote the lines, or for whom the agent did, as <c>Name &lt;address&gt;</c>.</summary>
    public string? Person { get; }

    /// <summary>An agent's session.</summary>
    /// <exception cref="CarryException">A part is not of its form.</exception>
    public static NoteAuthor Agent(string agent, string? model, string? session, string? person)
    {
        if (agent.Length is 0 or > 64 || agent.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.' or '/')))
        {
            throw new CarryException(Fault.Usage, $"--agent '{agent}' is no agent's name; give letters, digits and dashes, such as claude or codex");
        }

        return new NoteAuthor(
            s_tools.GetValueOrDefault(agent, agent.ToLowerInvariant()),
            Word("--model", model) ?? "unknown",
            Word("--session", session) ?? Guid.NewGuid().ToString(),
            person is null ? null : Identity(person));
    }

    /// <summary>A person.</summary>
    /// <exception cref="CarryException">It is not of the form <c>Name &lt;address&gt;</c>.</exception>
    public static NoteAuthor Human(string person) => new(tool: null, "", "", Identity(person));

    private static string? Word(string option, string? value) =>
        value is null || (value.Length is > 0 and <= MostCharacters && !value.Any(char.IsControl))
            ? value
            : throw new CarryException(Fault.Usage, $"{option} is empty, longer than {MostCharacters} characters or has control characters in it; give it as the agent does");

    private static string Identity(string person)
    {
        var open = person.IndexOf(" <", StringComparison.Ordinal);
        return open > 0 && person.EndsWith('>') && person.Length <= MostCharacters && !person.Any(char.IsControl) && person.IndexOf('@', open) > 0
            ? person
            : throw new CarryException(Fault.Usage, $"--human '{person}' names nobody; give \"Name <address>\", as in git's commits");
    }
}
