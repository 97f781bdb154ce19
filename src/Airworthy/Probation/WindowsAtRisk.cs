using System.Numerics;
using Airworthy.Statistics;

namespace Airworthy.Probation;

/// <summary>
/// Turns minutes of instances into strata whose sampling unit is the <em>instance-window at risk</em>: one instance in one minute, unless its last
/// minute was bad already. A burst of failures in one instance is so one episode, however many calls it met and however long it lasts; calls are no
/// such unit, for one failing dependency fails many of them.
/// </summary>
/// <remarks>
/// Windows are compared with others of the same minute and of about the same load only (within a factor of two): an instance with few calls has
/// fewer bad windows whatever it runs.
/// </remarks>
/// <param name="tolerated">How many bad calls a window may have and not be bad, by its calls; frozen before the change ships. None when left out.</param>
public sealed class WindowsAtRisk(Func<long, long>? tolerated = null)
{
    private HashSet<string> _bad = new(StringComparer.Ordinal);

    /// <summary>The strata of one minute, one for each class of load; minutes come in their order, one without an instance ends its episodes.</summary>
    public IReadOnlyList<Stratum> Of(IEnumerable<InstanceMinute> minute)
    {
        ArgumentNullException.ThrowIfNull(minute);
        var bad = new HashSet<string>(StringComparer.Ordinal);
        var strata = new SortedDictionary<int, Stratum>();
        foreach (var window in minute)
        {
            if (window.Calls <= 0 && window.Bad <= 0)
            {
                continue;
            }

            var isBad = window.Bad > (tolerated?.Invoke(window.Calls) ?? 0);
            if (isBad)
            {
                bad.Add(window.Instance);
            }

            if (_bad.Contains(window.Instance))
            {
                continue;
            }

            var load = BitOperations.Log2((ulong)Math.Max(1, window.Calls));
            var unit = new Tally(1, isBad ? 1 : 0);
            var stratum = strata.GetValueOrDefault(load);
            strata[load] = window.HasChange ? stratum with { Change = stratum.Change + unit } : stratum with { Baseline = stratum.Baseline + unit };
        }

        _bad = bad;
        return [.. strata.Values];
    }
}
