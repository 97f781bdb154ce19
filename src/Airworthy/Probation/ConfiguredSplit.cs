using Airworthy.Statistics;

namespace Airworthy.Probation;

/// <summary>
/// Tells when traffic is not split as a flag was configured to: then what differs between the sides is not only the change, and no verdict may rest on it. One
/// call drawn of each instance's minute counts, for the calls of one caller come together.
/// </summary>
/// <param name="share">The configured share of the change, between 0 and 1.</param>
/// <param name="since">Since when it holds, UTC.</param>
public sealed class ConfiguredSplit(double share, DateTimeOffset since)
{
    /// <summary>How sure it must be to block: as if it were wrong for one flag in a thousand.</summary>
    public const double Alpha = 0.001;

    // Clients keep answers for a while.
    private static readonly TimeSpan s_settles = TimeSpan.FromMinutes(15);
    private long _on;
    private long _off;
    private double _highest;

    /// <summary>What is wrong, in words; null when the split is as configured as far as it is seen.</summary>
    public string? Problem => _highest < EProcess.Threshold(Alpha) ? null : FormattableString.Invariant(
        $"traffic is not split as its flag says: {share:P0} of the calls should meet it, and {(double)_on / (_on + _off):P0} of those drawn did; nothing is judged until that is mended");

    /// <summary>Takes in what one instance did in one minute.</summary>
    /// <param name="minute">The minute, UTC.</param>
    /// <param name="on">Calls that met the change.</param>
    /// <param name="off">Calls that did not.</param>
    /// <param name="draw">A number from 0 to 1 that nobody chose.</param>
    public void Add(DateTimeOffset minute, long on, long off, double draw)
    {
        if (minute < since + s_settles || on + off <= 0)
        {
            return;
        }

        if (draw * (on + off) < on)
        {
            _on++;
        }
        else
        {
            _off++;
        }

        _highest = Math.Max(_highest, SplitProcess.LogE([_on, _off], [share, 1 - share]));
    }
}
