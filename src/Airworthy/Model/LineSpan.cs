namespace Airworthy.Model;

/// <summary>Lines <paramref name="Start"/> to <paramref name="End"/> of a file at one revision, both included, counted from 1.</summary>
public readonly record struct LineSpan(int Start, int End)
{
    /// <summary>How many lines; at least 1 for a well-formed span.</summary>
    public int Count => End - Start + 1;

    public bool Contains(int line) => line >= Start && line <= End;

    public bool Overlaps(LineSpan other) => Start <= other.End && other.Start <= End;
}
