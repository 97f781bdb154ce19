namespace Airworthy.ProbeCosts;

/// <summary>One way to add.</summary>
/// <param name="Name">For the table.</param>
/// <param name="Loop">Calls it so many times.</param>
/// <param name="Slower">How many times fewer calls a round, so that rounds take about as long.</param>
internal sealed record Kind(string Name, Func<int, long> Loop, int Slower);
