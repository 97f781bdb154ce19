namespace Airworthy.Trials;

/// <summary>Both sides compiled with the steps of a schedule.</summary>
/// <param name="BaseAssembly">The base's; null when it has nothing that is shared, or does not compile so.</param>
/// <param name="HeadAssembly">The head's.</param>
public sealed record ScheduledSides(string? BaseAssembly, string HeadAssembly);
