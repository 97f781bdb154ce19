namespace Airworthy.Git.Lines;

/// <summary>A file at one commit, its lines named by number.</summary>
/// <param name="Blob">The first 16 bytes of the name of its blob.</param>
/// <param name="Lines">How many lines it has.</param>
/// <param name="Runs">Its lines; null when git shows none, as of a binary file.</param>
internal sealed record FileLines(BlobName Blob, int Lines, BornRun[]? Runs)
{
    /// <summary>A file of which no lines are known.</summary>
    public static FileLines Unknown(BlobName blob) => new(blob, 0, null);

    /// <summary>The number of each line, in order.</summary>
    public int[] Expand()
    {
        var numbers = new int[Lines];
        var at = 0;
        foreach (var run in Runs ?? [])
        {
            for (var i = 0; i < run.Count; i++)
            {
                numbers[at++] = run.First + i;
            }
        }

        return numbers;
    }
}
