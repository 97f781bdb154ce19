namespace Airworthy.TrialWorker.Scaling;

/// <summary>A piece of a regular expression.</summary>
internal abstract record PatternNode
{
    /// <summary>One character of several, as it is written: <c>\d</c>, <c>[a-z]</c>, <c>.</c>, <c>a</c>.</summary>
    public sealed record One(string Written) : PatternNode;

    /// <summary>One after the other.</summary>
    public sealed record Sequence(IReadOnlyList<PatternNode> Parts) : PatternNode;

    /// <summary>One of several.</summary>
    public sealed record Choice(IReadOnlyList<PatternNode> Parts) : PatternNode;

    /// <summary>Again and again.</summary>
    /// <param name="Part">What.</param>
    /// <param name="Least">At least how often.</param>
    /// <param name="Most">At most; null without bound.</param>
    public sealed record Repeat(PatternNode Part, int Least, int? Most) : PatternNode;

    /// <summary>Something that takes no character: an anchor, a border, a look ahead or behind.</summary>
    /// <param name="IsStart">True when it holds at the beginning of the text alone.</param>
    public sealed record Nothing(bool IsStart) : PatternNode;
}
