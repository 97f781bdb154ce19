namespace Airworthy.Model;

/// <summary>An AI agent that wrote code, as far as the evidence names it.</summary>
/// <param name="Name">The agent's short name, e.g. <c>claude-code</c>; <c>unknown-agent</c> when only "an AI" is known.</param>
/// <param name="Model">The model, as the evidence spells it; null when not told.</param>
/// <param name="Session">The conversation or thread, as an id or a link; null when not told.</param>
public sealed record Agent(string Name, string? Model = null, string? Session = null);
