namespace Airworthy.Bench.Probation;

/// <summary>Draws from distributions, the same ones for the same seed.</summary>
internal sealed class Draw(int seed)
{
    private readonly Random _random = new(seed);

    public bool Chance(double p) => _random.NextDouble() < p;

    /// <summary>A number of rare events (Knuth); the mean is small.</summary>
    public long Poisson(double mean)
    {
        var (limit, product, count) = (Math.Exp(-mean), _random.NextDouble(), 0L);
        while (product > limit)
        {
            product *= _random.NextDouble();
            count++;
        }

        return count;
    }

    /// <summary>How many of <paramref name="n"/> are bad, each with a small chance.</summary>
    public long Binomial(long n, double p) => n <= 64 ? Enumerable.Range(0, (int)n).Count(_ => Chance(p)) : Math.Min(n, Poisson(n * p));

    /// <summary>Of the normal distribution, as the sum of twelve even draws has it.</summary>
    public double Normal() => Enumerable.Range(0, 12).Sum(_ => _random.NextDouble()) - 6;

    /// <summary>A size of 1 or more with a mean.</summary>
    public long Geometric(double mean)
    {
        var size = 1L;
        while (mean > 1 && Chance(1 - (1 / mean)))
        {
            size++;
        }

        return size;
    }
}
