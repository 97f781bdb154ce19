namespace Airworthy.TrialWorker.Scaling;

/// <summary>How a count grows with the size of its input: the exponent, as the slope of the line through the logarithms of both.</summary>
internal static class Slope
{
    /// <summary>Sizes that are looked at, the largest of those given: small ones show what is constant.</summary>
    private const int Last = 4;

    /// <summary>The exponent by least squares; null of fewer than three sizes.</summary>
    /// <param name="points">Sizes, ascending, above 0, and counts from 0.</param>
    public static double? Of(IReadOnlyList<(int Size, double Count)> points)
    {
        var last = points.Skip(Math.Max(0, points.Count - Last)).Select(point => (X: Math.Log2(point.Size), Y: Math.Log2(point.Count + 1))).ToList();
        if (last.Count < 3)
        {
            return null;
        }

        var (x, y) = (last.Average(point => point.X), last.Average(point => point.Y));
        return last.Sum(point => (point.X - x) * (point.Y - y)) / last.Sum(point => (point.X - x) * (point.X - x));
    }
}
