using System.Runtime.InteropServices;

namespace Airworthy.Statistics;

/// <summary>
/// How many times more sums over time scatter than those of independent observations would (Kish's <em>design effect</em>, <i>Survey Sampling</i>, 1965):
/// a unit that is bad now is likely to be so a minute later, and one may be worse than its like for good. So many observations count as one.
/// </summary>
/// <remarks>
/// By batch means (Conway, 1963), of what each unit differs from the mean of its like at the same time: the sums over batches, squared, over the squares of what was summed. Batches of 15 steps,
/// and of four times as many each time. One tells when <see cref="FewestBatches"/> of it were seen, less one for each mean; the highest counts. A
/// length that does not tell yet is thought to have grown as the last one did, by what is more than a standard error of chance, up to what lasts for good (four
/// times). What lasts longer than the longest batch, 3,840 steps, is not seen.
/// </remarks>
/// <typeparam name="TUnit">What tells one unit from another.</typeparam>
public sealed class DesignEffect<TUnit>
    where TUnit : notnull
{
    /// <summary>Batches of one length that it takes to tell.</summary>
    public const int FewestBatches = 16;

    // Of more units at once those that came first tell enough.
    private const int MostUnits = 2_000;
    private const int Shortest = 15;
    private const int Growth = 4;

    private readonly Scale[] _scales = [.. Enumerable.Range(0, 5).Select(_ => new Scale())];
    private int _steps;

    /// <summary>The design effect, at least 1, by all batches that ended; null while too few of two lengths did.</summary>
    public double? Factor { get; private set; }

    /// <summary>Takes in what units that are alike did in one step.</summary>
    /// <param name="alike">Each unit once, and whether it was bad. One alone tells nothing.</param>
    public void Add(IReadOnlyCollection<(TUnit Unit, bool IsBad)> alike)
    {
        ArgumentNullException.ThrowIfNull(alike);
        if (alike.Count < 2)
        {
            return;
        }

        var mean = (double)alike.Count(one => one.IsBad) / alike.Count;
        var freedom = 1 - (1.0 / alike.Count);
        foreach (var (unit, isBad) in alike)
        {
            var residual = (isBad ? 1 : 0) - mean;
            _scales[0].Add(unit, new Batch(residual, residual * residual, freedom / Shortest));
        }
    }

    /// <summary>Ends a step: what is added from now on happened later.</summary>
    public void Step()
    {
        _steps++;
        var length = Shortest;
        for (var i = 0; i < _scales.Length && _steps % length == 0; i++, length *= Growth)
        {
            _scales[i].End(i + 1 < _scales.Length ? _scales[i + 1] : null, Growth);
        }

        if (_steps % Shortest == 0)
        {
            Factor = Estimate();
        }
    }

    private double? Estimate()
    {
        if (_scales[0].Effect is not { } last || _scales[1].Effect is null)
        {
            return null;
        }

        var (highest, growth) = (Math.Max(1, last), 1.0);
        foreach (var scale in _scales[1..])
        {
            var effect = scale.Effect ?? last * growth;
            growth = scale.Effect is null ? growth : last <= 0 ? Growth : Math.Clamp(effect / last / (1 + scale.Error), 1, Growth);
            highest = Math.Max(highest, effect);
            last = effect;
        }

        return highest;
    }

    /// <summary>What one unit summed up to; the weight is the part of a batch it stands for.</summary>
    private record struct Batch(double Sum, double Squares, double Weight);

    /// <summary>Batches of one length.</summary>
    private sealed class Scale
    {
        private readonly Dictionary<TUnit, Batch> _open = [];
        private double _ofSums;
        private double _squares;
        private double _batches;

        /// <summary>What was seen, 1 when no unit ever differed; null with too few batches.</summary>
        public double? Effect => _batches < FewestBatches ? null : _squares == 0 ? 1 : _ofSums / _squares;

        /// <summary>Its relative standard error, as of a mean of squares.</summary>
        public double Error => Math.Sqrt(2 / _batches);

        public void Add(TUnit unit, Batch batch)
        {
            if (_open.Count >= MostUnits && !_open.ContainsKey(unit))
            {
                return;
            }

            ref var open = ref CollectionsMarshal.GetValueRefOrAddDefault(_open, unit, out _);
            open = new Batch(open.Sum + batch.Sum, open.Squares + batch.Squares, open.Weight + batch.Weight);
        }

        public void End(Scale? longer, int times)
        {
            foreach (var (unit, batch) in _open)
            {
                _ofSums += batch.Sum * batch.Sum;
                _squares += batch.Squares;
                _batches += batch.Weight;
                longer?.Add(unit, batch with { Weight = batch.Weight / times });
            }

            _open.Clear();
        }
    }
}
