using System.Collections.Immutable;

namespace Airworthy.Journeys;

/// <summary>What one agent wrote. A commit or line of two agents counts for both.</summary>
/// <param name="Name">The agent.</param>
/// <param name="Commits">Its commits.</param>
/// <param name="Lines">Its living lines.</param>
/// <param name="Models">The same by model, the one with the most commits first; the name is null where none is told.</param>
public sealed record ScanAgent(string Name, long Commits, long Lines, ImmutableArray<ScanModel> Models);
