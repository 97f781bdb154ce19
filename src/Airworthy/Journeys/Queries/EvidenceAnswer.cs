namespace Airworthy.Journeys.Queries;

/// <summary>What production showed of each unit, the most called first.</summary>
public sealed record EvidenceAnswer(IReadOnlyList<UnitEvidence> Units);
