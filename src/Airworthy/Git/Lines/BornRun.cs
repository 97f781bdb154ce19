namespace Airworthy.Git.Lines;

/// <summary>Lines that were born together and still follow each other: each line that ever lived has a number of its own.</summary>
internal readonly record struct BornRun(int First, int Count);
