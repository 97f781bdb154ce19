using Airworthy.Probation;

namespace Airworthy.Bench.Probation;

/// <summary>How one run ended, and who would have raised an alarm.</summary>
internal sealed record Result(ProbationVerdict Verdict, bool WasProven, int Minute, bool PooledTest, bool RankTest, bool FixedThreshold);
