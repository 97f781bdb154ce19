using Airworthy.Statistics;

namespace Airworthy.Debt;

/// <summary>How much was reworked soon.</summary>
/// <param name="Days">Within how many days of landing.</param>
/// <param name="Lines">Reworked lines, of those that landed so long before the last landing that they could be; the interval is clustered by commit.</param>
public readonly record struct ReworkShare(int Days, ClusteredShare Lines);
