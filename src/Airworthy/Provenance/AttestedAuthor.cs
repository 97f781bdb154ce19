using Airworthy.Model;

namespace Airworthy.Provenance;

/// <summary>Whom a note names: an agent, or, when there is none, a person.</summary>
internal sealed record AttestedAuthor(Agent? Agent)
{
    public static AttestedAuthor Person { get; } = new(Agent: null);

    /// <summary>An AI of which the note keeps no record.</summary>
    public static AttestedAuthor UnknownAgent { get; } = new(new Agent(AgentName.Unknown));

    public AuthorKind Kind => Agent is null ? AuthorKind.Human : AuthorKind.Ai;
}
