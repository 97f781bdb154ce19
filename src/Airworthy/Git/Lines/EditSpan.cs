namespace Airworthy.Git.Lines;

/// <summary>Lines that stand in another's place. Positions count from 0; what stands between two spans is the same in both files.</summary>
internal readonly record struct EditSpan(int OldStart, int OldCount, int NewStart, int NewCount);
