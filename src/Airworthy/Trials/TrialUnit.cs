using System.Collections.Immutable;

namespace Airworthy.Trials;

/// <summary>A C# member that is tried, with what is known of it before it runs.</summary>
/// <param name="Symbol">Its identity by syntax, as everywhere in Airworthy.</param>
/// <param name="Name">For people: <c>Refunds.Pieces(Order, Money, int)</c>.</param>
/// <param name="Path">Its file at the head, from the repository's top.</param>
/// <param name="Line">Its first line there.</param>
/// <param name="EndLine">Its last line there.</param>
/// <param name="HeadId">Its documentation-comment id at the head, bound.</param>
/// <param name="BaseId">That of its counterpart at the base; null when it is new.</param>
/// <param name="Origin">Why it is tried.</param>
/// <param name="Because">What it is tried for, when it did not change itself: the changed member it calls or reads.</param>
/// <param name="Untestable">Why it can't be tried; null when it can.</param>
/// <param name="Pool">Values its code and its tests speak of.</param>
public sealed record TrialUnit(
    string Symbol,
    string Name,
    string Path,
    int Line,
    int EndLine,
    string HeadId,
    string? BaseId,
    TrialOrigin Origin,
    string? Because,
    string? Untestable,
    LiteralPool Pool)
{
    /// <summary>True when outside code can call it.</summary>
    public bool IsPublic { get; init; }

    /// <summary>Where its counterpart stands at the base; null when it is new.</summary>
    public UnitCode? BaseCode { get; init; }

    /// <summary>The base's counters that stand at what changed of it. The default value is none: it is not known what ran.</summary>
    public ImmutableArray<int> BaseMarks { get; init; } = [];

    /// <summary>The head's.</summary>
    public ImmutableArray<int> HeadMarks { get; init; } = [];

    /// <summary>Why several threads use its type's state at once, as what follows "it": <c>takes a lock</c>; null when nothing says that they do.</summary>
    public string? Shared { get; init; }

    /// <summary>Regular expressions it matches by that the base does not have. The default value is none.</summary>
    public ImmutableArray<UnitPattern> Patterns { get; init; } = [];

    /// <summary>Calls of it, or of its counterpart, that production made. The default value is none.</summary>
    public ImmutableArray<RecordedInput> Recorded { get; init; } = [];

    /// <summary>Exceptions its documentation names, as written there. The default value is none.</summary>
    public ImmutableArray<string> Documented { get; init; } = [];
}
