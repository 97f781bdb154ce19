namespace Airworthy.Verification.Coverage;

/// <summary>Where a statement stands; where a report tells lines only, both columns are 0 and both lines the same.</summary>
public readonly record struct SourceSpan(int StartLine, int StartColumn, int EndLine, int EndColumn)
{
    /// <summary>A whole line.</summary>
    public static SourceSpan Line(int line) => new(line, 0, line, 0);

    /// <summary>True when the statement stands on <paramref name="line"/>, among others.</summary>
    public bool IsOn(int line) => StartLine <= line && line <= EndLine;

    /// <summary>True when <paramref name="inner"/> stands within this one and is smaller.</summary>
    public bool Encloses(SourceSpan inner) =>
        this != inner
        && (StartLine, StartColumn).CompareTo((inner.StartLine, inner.StartColumn)) <= 0
        && (EndLine, EndColumn).CompareTo((inner.EndLine, inner.EndColumn)) >= 0;
}
