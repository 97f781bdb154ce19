namespace Airworthy.Trials;

/// <summary>How a process ended, and what it printed.</summary>
/// <param name="Exit">Its exit code; null when it took too long and was ended.</param>
/// <param name="Output">What it printed.</param>
/// <param name="Error">What it complained.</param>
public sealed record TrialProcessEnd(int? Exit, string Output, string Error)
{
    /// <summary>The first line that tells what went wrong, without a path of the scratch folder before it.</summary>
    public string FirstError
    {
        get
        {
            var lines = $"{Output}\n{Error}".Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            return Exit is null ? "it took too long"
                : Array.Find(lines, line => line.Contains("error ", StringComparison.OrdinalIgnoreCase)) ?? (lines.Length > 0 ? lines[0] : "it failed without a word");
        }
    }
}
