namespace Airworthy.Journeys.Trials;

/// <summary>Something that changed and could not be tried: no evidence, never passed.</summary>
/// <param name="What">A unit, a file or a project.</param>
/// <param name="Reason">Why.</param>
public sealed record NotTried(string What, string Reason);
