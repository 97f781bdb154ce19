using Airworthy.Model;

namespace Airworthy.Provenance.Records;

/// <summary>Whom a record names for a line: an agent, or, when there is none, a person.</summary>
/// <param name="Agent">The agent; null for a person.</param>
/// <param name="Strength">How much the record's word is worth.</param>
internal sealed record AttestedAuthor(Agent? Agent, SignalStrength Strength = SignalStrength.Proof)
{
    public static AttestedAuthor Person { get; } = new(Agent: null);

    /// <summary>An AI of which no record is kept.</summary>
    public static AttestedAuthor UnknownAgent { get; } = new(new Agent(AgentName.Unknown));
}
