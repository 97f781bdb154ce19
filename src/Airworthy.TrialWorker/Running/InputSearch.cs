using System.Collections.Immutable;
using Airworthy.TrialWorker.Making;

namespace Airworthy.TrialWorker.Running;

/// <summary>
/// Chooses the next input: a new one, or one near an input that showed something new before. What is new: code that never ran, or an outcome of a kind that was never seen;
/// with both sides counted, that one side went where the other did not is new too.
/// </summary>
/// <param name="shape">What is called.</param>
/// <param name="chance">What inputs are drawn from.</param>
/// <param name="counters">The counters of what runs.</param>
/// <param name="first">Inputs that come first, and are varied as those that showed something new are.</param>
/// <param name="change">What ran what changed; null when nobody asks.</param>
internal sealed class InputSearch(CallShape shape, Chance chance, IReadOnlyList<EdgeCounters> counters, ImmutableArray<Recipe> first, ChangeSearch? change = null)
{
    private const int MostKept = 512;

    private readonly List<Recipe> _kept = [];
    private readonly HashSet<int> _outcomes = [];
    private long _tried;
    private TimeSpan _newsAt = Environment.CpuUsage.TotalTime;

    /// <summary>Inputs since something new was seen.</summary>
    public long SinceNew { get; private set; }

    /// <summary>The processor time that this process took since something new was seen.</summary>
    public TimeSpan ProcessorSinceNew => Environment.CpuUsage.TotalTime - _newsAt;

    /// <summary>Whether the last input is one of those that come first.</summary>
    public bool IsFirst => _tried <= first.Length;

    public Recipe Next()
    {
        _tried++;
        SinceNew++;
        foreach (var counter in counters)
        {
            counter.Reset();
        }

        if (IsFirst)
        {
            return first[(int)_tried - 1];
        }

        // Small ones first: most code shows most of itself on them.
        var size = _tried < 200 ? 2 : 1 + chance.Below(4);
        return _kept.Count > 0 && !chance.OneIn(3) ? Near(size) : shape.Make(chance, size);
    }

    /// <summary>Tells what came of the last input.</summary>
    /// <param name="recipe">The input.</param>
    /// <param name="outcome">The kind of its outcome, as a number.</param>
    public void Learn(Recipe recipe, int outcome)
    {
        var isNew = _outcomes.Count < 1000 && _outcomes.Add(outcome);
        change?.Learn(recipe, chance);
        foreach (var counter in counters)
        {
            isNew |= counter.IsNovel();
        }

        if (!isNew && !IsFirst)
        {
            return;
        }

        (SinceNew, _newsAt) = (0, Environment.CpuUsage.TotalTime);
        if (_kept.Count < MostKept)
        {
            _kept.Add(recipe);
        }
        else
        {
            _kept[chance.Below(MostKept)] = recipe;
        }
    }

    private Recipe Near(int size)
    {
        if (change is { IsRare: true } && chance.OneIn(2))
        {
            return shape.Vary(change.Draw(chance), chance, size);
        }

        // The latest finds lead on more often than old ones.
        var from = chance.Below(4) switch { 0 => _kept.Count - 1, 1 => Math.Max(0, _kept.Count - 8), _ => 0 };
        return shape.Vary(_kept[from + chance.Below(_kept.Count - from)], chance, size);
    }
}
