using System.Globalization;
using System.Text;

namespace Airworthy.TrialWorker.Schedules;

/// <summary>
/// Which thread ran for how many steps, one after the other: <c>a5b3a2</c> is five steps of the first thread, three of the second, two of the first. The same code with the
/// same schedule does the same.
/// </summary>
/// <param name="Runs">The runs in order: a thread from 0, and its steps, at least 1.</param>
internal sealed record Schedule(IReadOnlyList<(int Thread, int Steps)> Runs)
{
    /// <summary>Threads that a schedule may name: as many as there are letters.</summary>
    public const int MostThreads = 26;

    private const int MostRuns = 100_000;

    /// <summary>Reads the text of one; null when it is none.</summary>
    public static Schedule? Read(ReadOnlySpan<char> text)
    {
        var runs = new List<(int, int)>();
        while (text.Length > 0)
        {
            var length = text[1..].IndexOfAnyExceptInRange('0', '9') is var end && end < 0 ? text.Length : end + 1;
            if (text[0] is < 'a' or > 'z' || !int.TryParse(text[1..length], NumberStyles.None, CultureInfo.InvariantCulture, out var steps) || steps < 1 || runs.Count == MostRuns)
            {
                return null;
            }

            runs.Add((text[0] - 'a', steps));
            text = text[length..];
        }

        return new Schedule(runs);
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var (thread, steps) in Runs)
        {
            text.Append((char)('a' + thread)).Append(CultureInfo.InvariantCulture, $"{steps}");
        }

        return text.ToString();
    }
}
