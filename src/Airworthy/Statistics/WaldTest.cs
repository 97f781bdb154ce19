namespace Airworthy.Statistics;

/// <summary>
/// Wald's sequential test between two rates of failure, run by run. Whenever it is looked at, and stopped at whatever run, the chance to decide for
/// the wrong one of the two is at most <c>error</c> on either side (the likelihood ratio is a martingale: Ville's inequality), given that one of
/// them is true. Source: A. Wald, Sequential Tests of Statistical Hypotheses, 1945.
/// </summary>
public readonly record struct WaldTest
{
    private readonly double _bound;
    private readonly double _perFailure;
    private readonly double _perPass;

    /// <param name="low">The lower rate, above 0.</param>
    /// <param name="high">The higher rate, above <paramref name="low"/> and below 1.</param>
    /// <param name="error">The chance of a wrong decision, above 0 and below 1.</param>
    public WaldTest(double low, double high, double error)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(low, 0);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(high, low);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(high, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(error, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(error, 1);
        _bound = Math.Log(1 / error);
        _perFailure = Math.Log(high / low);
        _perPass = Math.Log((1 - high) / (1 - low));
    }

    /// <summary>True: the higher rate; false: the lower; null: not told yet.</summary>
    /// <param name="failures">Runs that failed.</param>
    /// <param name="passes">Runs that passed.</param>
    public bool? Decide(int failures, int passes)
    {
        var evidence = (failures * _perFailure) + (passes * _perPass);
        return evidence >= _bound ? true : evidence <= -_bound ? false : null;
    }
}
