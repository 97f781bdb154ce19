using System.Collections.Immutable;

namespace Airworthy.TrialWorker.Preparing;

/// <summary>A side compiled with counters.</summary>
/// <param name="Assembly">The assembly; the one that was built where counters could not be had.</param>
/// <param name="Edges">How many counters it has.</param>
/// <param name="Marks">Which of them stand at what changed.</param>
internal sealed record InstrumentedSide(string Assembly, int Edges, ImmutableArray<ChangeMark> Marks);
