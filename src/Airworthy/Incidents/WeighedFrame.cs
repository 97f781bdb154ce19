using Airworthy.Model;

namespace Airworthy.Incidents;

/// <summary>An in-app frame and how much its lines say.</summary>
/// <param name="Frame">The frame.</param>
/// <param name="Path">Its file.</param>
/// <param name="Index">Its place in the trace, from 0.</param>
/// <param name="Rank">Its place among the frames that may be to blame: 0 is where the failure started; a guard shares the rank of its caller.</param>
/// <param name="Weight">1 for the foremost, less for each further out.</param>
/// <param name="IsGuard">True when it threw as it should, on what its caller passed.</param>
internal sealed record WeighedFrame(ResolvedFrame Frame, RepoPath Path, int Index, int Rank, double Weight, bool IsGuard)
{
    /// <summary>True when lines are in the frame's function, or the function is not known.</summary>
    public bool InSameFunction(LineSpan lines) => Frame.Unit is not { } unit || unit.Span.Overlaps(lines);
}
