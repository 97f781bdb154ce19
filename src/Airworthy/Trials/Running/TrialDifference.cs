namespace Airworthy.Trials.Running;

/// <summary>One input on which something is wrong, made as small as could be.</summary>
/// <param name="Kind">What is different.</param>
/// <param name="Input">The call, as C# for people.</param>
/// <param name="Base">What the base made of it; of a property, what was promised.</param>
/// <param name="Head">What the head made of it.</param>
/// <param name="Culture">The culture it ran in; empty for the invariant one.</param>
/// <param name="Oddness">How far the input is from what a caller would pass; 0 for a plain one.</param>
/// <param name="Size">How many decisions the input holds.</param>
/// <param name="Token">The input's exact form, to run it again.</param>
/// <param name="Test">A test of it; null when none can be written.</param>
/// <param name="NoTest">Why none can be written.</param>
public sealed record TrialDifference(
    DifferenceKind Kind, string Input, string Base, string Head, string Culture, double Oddness, int Size, string Token, TestCase? Test, string? NoTest)
{
    /// <summary>Which of the properties, where it is one; else empty.</summary>
    public string Property { get; init; } = "";

    /// <summary>Whether the base does it too, of what breaks a property or is a race: it is told only to who asks for all.</summary>
    public bool IsAtBase { get; init; }

    /// <summary>Of a gap, the mutant: <c>line 7, a &lt; b instead of a &lt;= b</c>; else empty.</summary>
    public string Mutant { get; init; } = "";

    /// <summary>What became of its test, where that was settled when it was found; null else.</summary>
    public string? Written { get; init; }

    /// <summary>Whether a call that production recorded showed it, as it was.</summary>
    public bool IsRecorded { get; init; }

    /// <summary>How many inputs showed the same kind of difference.</summary>
    public long Times { get; init; } = 1;
}
