namespace Airworthy.Model;

/// <summary>One stored step in a change's life.</summary>
/// <param name="Change">Whose.</param>
/// <param name="From">The state before; null for the first.</param>
/// <param name="To">The state after.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Reason">A sentence for people.</param>
/// <param name="Incident">The incident behind it, if one is.</param>
/// <param name="PolicyDigest">The digest of the policy that ruled.</param>
public sealed record Transition(
    ChangeId Change, ChangeState? From, ChangeState To, DateTimeOffset At, string Reason, IncidentId? Incident, string PolicyDigest);
