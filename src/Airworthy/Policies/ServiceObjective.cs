namespace Airworthy.Policies;

/// <summary>How much of a service's work must succeed: <c>objectives:</c>. Burning what may fail too fast halts rollouts, whatever any change did.</summary>
/// <param name="Service"><c>service.name</c>.</param>
/// <param name="Target">The share that must succeed, below 1, such as 0.999.</param>
public sealed record ServiceObjective(string Service, double Target);
