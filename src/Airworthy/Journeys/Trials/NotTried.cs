namespace Airworthy.Journeys.Trials;

/// <summary>Something that could not be tried: no evidence, never passed.</summary>
/// <param name="What">A unit, a file or a project.</param>
/// <param name="Reason">Why.</param>
public sealed record NotTried(string What, string Reason)
{
    /// <summary>Whether it changed itself; else it was to be tried for something that did. The default value is <see langword="true"/>.</summary>
    public bool IsChange { get; init; } = true;
}
