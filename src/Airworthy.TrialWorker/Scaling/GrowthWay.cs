using Airworthy.TrialWorker.Making;

namespace Airworthy.TrialWorker.Scaling;

/// <summary>A way to make a call's input larger.</summary>
/// <param name="What">What grows, in words.</param>
/// <param name="Of">The input of a size.</param>
internal sealed record GrowthWay(string What, Func<int, Recipe> Of);
