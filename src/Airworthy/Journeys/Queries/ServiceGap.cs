namespace Airworthy.Journeys.Queries;

/// <summary>Something missing, and what closes the gap.</summary>
/// <param name="Service">The service it is missing of; null for the server as a whole.</param>
/// <param name="Blocks">True when no incident can be attributed because of it.</param>
/// <param name="What">What is missing, in a sentence.</param>
/// <param name="Mend">The exact line or command that mends it.</param>
public sealed record ServiceGap(string? Service, bool Blocks, string What, string Mend);
