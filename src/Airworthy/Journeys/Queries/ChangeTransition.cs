using Airworthy.Model;

namespace Airworthy.Journeys.Queries;

/// <summary>A step in a change's life.</summary>
public sealed record ChangeTransition(ChangeState? From, ChangeState To, DateTimeOffset At, string Reason, string? Incident, string PolicyDigest);
