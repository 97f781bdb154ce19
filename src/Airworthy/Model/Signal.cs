namespace Airworthy.Model;

/// <summary>One piece of evidence of who wrote a commit or a line.</summary>
/// <param name="Kind">What it is: <c>author</c>, <c>committer</c>, <c>co-author</c>, <c>trailer</c>, <c>footer</c>, <c>note</c>, <c>policy</c>…</param>
/// <param name="Source">Where it was read: <c>commit</c>, <c>refs/notes/ai</c>, <c>airworthy.yml</c>…</param>
/// <param name="Strength">How much it says.</param>
/// <param name="Value">The text that matched, bounded to 200 characters. From the repository: hostile, escape before display.</param>
/// <param name="Agent">The agent it names; null for an attestation of a person.</param>
public sealed record Signal(string Kind, string Source, SignalStrength Strength, string Value, Agent? Agent);
