using System.Collections.Immutable;
using Airworthy.Model;

namespace Airworthy.Feedback;

/// <summary>Where the change is to blame for a failure, and how it showed.</summary>
/// <param name="Frame">The frame whose lines the change owns: the lesson speaks of its function.</param>
/// <param name="Refusal">Whose guard threw.</param>
/// <param name="RefusedBy">The frame whose guard threw; null when none did.</param>
/// <param name="ExceptionType">The type of the root exception, as sent; only compared.</param>
/// <param name="Added">Lines the change added to the frame's file.</param>
public sealed record FailureSite(
    ResolvedFrame Frame, Refusal Refusal, ResolvedFrame? RefusedBy, string? ExceptionType, ImmutableArray<string> Added);
