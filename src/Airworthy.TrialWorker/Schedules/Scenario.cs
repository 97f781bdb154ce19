using Airworthy.TrialWorker.Making;

namespace Airworthy.TrialWorker.Schedules;

/// <summary>What threads do together: objects that they share, calls that come before, and the calls of each.</summary>
/// <param name="Objects">The objects by their kinds.</param>
/// <param name="Before">Calls before the threads begin.</param>
/// <param name="Threads">The calls of each thread.</param>
internal sealed record Scenario(Recipe[][] Objects, ScenarioCall[] Before, ScenarioCall[][] Threads)
{
    /// <summary>How many decisions it holds.</summary>
    public int Size => Calls.Sum(call => 1 + call.Arguments.Sum(argument => argument?.Size ?? 1)) + Objects.Sum(kind => kind.Sum(one => one.Size));

    /// <summary>How far it is from what a caller would pass.</summary>
    public double Oddness => Calls.SelectMany(call => call.Arguments).Concat(Objects.SelectMany(kind => kind)).Sum(recipe => recipe?.Oddness ?? 0);

    private IEnumerable<ScenarioCall> Calls => Before.Concat(Threads.SelectMany(thread => thread));

    /// <summary>Scenarios with one call less.</summary>
    public IEnumerable<Scenario> Simpler()
    {
        if (Threads.Length > 2)
        {
            for (var i = 0; i < Threads.Length; i++)
            {
                yield return this with { Threads = [.. Threads[..i], .. Threads[(i + 1)..]] };
            }
        }

        for (var i = 0; i < Before.Length; i++)
        {
            yield return this with { Before = [.. Before[..i], .. Before[(i + 1)..]] };
        }

        for (var i = 0; i < Threads.Length; i++)
        {
            for (var j = 0; j < Threads[i].Length && Threads[i].Length > 1; j++)
            {
                yield return this with { Threads = [.. Threads[..i], [.. Threads[i][..j], .. Threads[i][(j + 1)..]], .. Threads[(i + 1)..]] };
            }
        }
    }

    /// <summary>All orders in which the calls can come one after the other, each as the thread of each call.</summary>
    public IEnumerable<int[]> Orders(int most) => Orders([.. Threads.Select(thread => thread.Length)]).Take(most);

    /// <summary>All orders of so many calls of each thread.</summary>
    public static IEnumerable<int[]> Orders(int[] counts)
    {
        if (Array.TrueForAll(counts, count => count == 0))
        {
            yield return [];
            yield break;
        }

        for (var thread = 0; thread < counts.Length; thread++)
        {
            if (counts[thread] > 0)
            {
                var rest = (int[])counts.Clone();
                rest[thread]--;
                foreach (var order in Orders(rest))
                {
                    yield return [thread, .. order];
                }
            }
        }
    }
}
