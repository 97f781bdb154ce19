using Airworthy.Model;

namespace Airworthy.Probation;

/// <summary>A change of which it holds over the fleet that it does harm: a flag over it answers off by itself.</summary>
/// <param name="Repository">The repository's name.</param>
/// <param name="Change">The change.</param>
/// <param name="At">Since when, UTC.</param>
/// <param name="Reason">Why.</param>
public sealed record SwitchedOff(string Repository, ChangeId Change, DateTimeOffset At, string Reason);
