namespace Airworthy.Statistics;

/// <summary>The logarithm of the gamma function for positive arguments, by Stirling's series (Abramowitz and Stegun, 6.1.41) after shifting the argument to 10 or more.</summary>
internal static class LogGamma
{
    private const double Enough = 10;

    /// <summary>ln Γ(x), to 14 digits.</summary>
    public static double Of(double x)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(x);
        var shifted = 1.0;
        while (x < Enough)
        {
            shifted *= x;
            x++;
        }

        var inverse = 1 / x;
        var square = inverse * inverse;
        var series = inverse * ((1.0 / 12) - (square * ((1.0 / 360) - (square * ((1.0 / 1260) - (square * ((1.0 / 1680) - (square * (1.0 / 1188)))))))));
        return ((x - 0.5) * Math.Log(x)) - x + (0.5 * Math.Log(2 * Math.PI)) + series - Math.Log(shifted);
    }
}
