namespace Airworthy.Probes.Build.Choosing;

/// <summary>A method and the decision on it.</summary>
/// <param name="Method">The method.</param>
/// <param name="Source">Its file.</param>
/// <param name="IsChosen">True when it gets a probe.</param>
/// <param name="Reason">Why not, or why although no line was told; empty when there is nothing to tell.</param>
internal sealed record ChosenMethod(UserMethod Method, WatchedSource Source, bool IsChosen, string Reason);
