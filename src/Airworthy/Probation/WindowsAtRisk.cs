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
/// <para>
/// An episode that lasts is counted again when it has lasted <see cref="Long"/> minutes, and each time it has lasted twice as long: what fails for good on
/// every instance adds up within hours, and one instance that is broken for a day hardly does. What is counted again speaks for harm only: it is no new
/// failure, and where it is the baseline's it must not speak for the change.
/// </para>
/// <para>
/// Of a metric by which half of all minutes are bad (<see cref="Metric.IsUsual"/>) all minutes count, since there are no episodes. Minutes of an instance then
/// go together, which <see cref="Alike"/> tells how much.
/// </para>
/// </remarks>
/// <param name="metric">Which windows are bad.</param>
public sealed class WindowsAtRisk(Metric metric)
{
    /// <summary>Minutes after which an episode that lasts is counted again.</summary>
    public const int Long = 120;

    // Below it the odds are the rate; above, a side that nearly always fails counts as much as that.
    private const double Slight = 0.01;
    private const double MostCounted = 1e12;

    /// <summary>Windows of instances that a flag kept the change off of, so far.</summary>
    private (long Windows, double Calls, long Bad) _off;

    /// <summary>For how many minutes an instance has been bad.</summary>
    private Dictionary<(string, Side), int> _bad = [];

    /// <summary>The windows of one minute that are at risk; minutes come in their order, one without an instance ends its episodes.</summary>
    public IReadOnlyList<Window> Of(IEnumerable<InstanceMinute> minute)
    {
        ArgumentNullException.ThrowIfNull(minute);
        var bad = new Dictionary<(string, Side), int>();
        var windows = new List<Window>();
        foreach (var one in minute)
        {
            var (calls, isBad) = metric.Of(one);
            if ((calls <= 0 && !isBad) || one.Side == Side.Alone)
            {
                continue;
            }

            var lasted = _bad.GetValueOrDefault((one.Instance, one.Side));
            if (isBad)
            {
                bad[(one.Instance, one.Side)] = lasted + 1;
            }

            if (lasted == 0 || metric.IsUsual || (lasted % Long == 0 && BitOperations.IsPow2(lasted / Long)))
            {
                windows.Add(new Window(one.Instance, one.Side, Math.Max(1, calls), isBad, IsAgain: lasted > 0 && !metric.IsUsual));
            }
        }

        _bad = bad;
        return windows;
    }

    /// <summary>Windows with the change beside those without it, a stratum for each class of load: all of them, and those that count for the first time.</summary>
    public static IEnumerable<(Stratum All, Stratum First)> Concurrent(IReadOnlyList<Window> windows)
    {
        ArgumentNullException.ThrowIfNull(windows);
        var strata = new SortedDictionary<int, (Stratum All, Stratum First)>();
        foreach (var window in windows)
        {
            if (window.Side != Side.Control)
            {
                var (all, first) = strata.GetValueOrDefault(window.Load);
                strata[window.Load] = (With(all, window), window.IsAgain ? first : With(first, window));
            }
        }

        return strata.Values;

        static Stratum With(Stratum stratum, Window window) => window.Side == Side.Change
            ? stratum with { Change = stratum.Change + window.Unit }
            : stratum with { Baseline = stratum.Baseline + window.Unit };
    }

    /// <summary>Windows that only chance tells apart: of the same side and load.</summary>
    public static IEnumerable<IReadOnlyList<Window>> Alike(IReadOnlyList<Window> windows) => windows
        .Where(window => window.Side != Side.Control)
        .GroupBy(window => (window.Side, window.Load))
        .Select(group => group.ToList());

    /// <summary>
    /// Windows of instances on which a flag let some calls meet the change and others not: of those in which one side failed, which it was. Each counts by
    /// its calls, as the lot gave them; where both failed, the instance did, and it tells nothing.
    /// </summary>
    /// <remarks>
    /// While most of the other instances fail without the change there is an outage of all, in which many calls fail surely and few may be spared by chance:
    /// no evidence for those few. And a window of n calls that each begin a failure at rate λ is bad at odds of <c>e^(nλ) − 1</c>, not of nλ: it counts as
    /// so many calls, λ being what windows without the change showed before.
    /// </remarks>
    public IReadOnlyList<Stratum> Split(IReadOnlyList<Window> windows)
    {
        ArgumentNullException.ThrowIfNull(windows);
        var told = new List<Stratum>();
        var offs = windows.Where(window => window.Side == Side.Off).ToList();
        var rate = _off.Bad == 0 ? 0 : -Math.Log(1 - (_off.Bad / (_off.Windows + 1.0))) * _off.Windows / _off.Calls;
        foreach (var on in windows.Where(window => window.Side == Side.Change))
        {
            var others = offs.Where(window => window.Instance != on.Instance).ToList();
            if (offs.Find(window => window.Instance == on.Instance) is { Calls: > 0 } off && !(on.IsBad && off.IsBad)
                && others.Count(window => window.IsBad) * 2 <= others.Count)
            {
                told.Add(new Stratum(new Tally(Counted(on.Calls), on.IsBad ? 1 : 0), new Tally(Counted(off.Calls), off.IsBad ? 1 : 0)));
            }
        }

        _off = (_off.Windows + offs.Count, _off.Calls + offs.Sum(window => window.Calls), _off.Bad + offs.Count(window => window.IsBad));
        return told;

        long Counted(long calls) => calls * rate < Slight ? calls : (long)Math.Min(MostCounted, Math.Round((Math.Exp(calls * rate) - 1) / rate));
    }

    /// <summary>Windows of the change's units beside those of control units on the same instances, by whether the change was in, and by the load.</summary>
    public static IEnumerable<(int Load, bool IsAfter, Stratum Stratum)> BesideControls(IReadOnlyList<Window> windows)
    {
        ArgumentNullException.ThrowIfNull(windows);
        var controls = windows.Where(window => window is { Side: Side.Control, IsAgain: false }).ToDictionary(window => window.Instance, StringComparer.Ordinal);
        return controls.Count == 0 ? [] : windows
            .Where(window => window is { Side: Side.Change or Side.Baseline, IsAgain: false } && controls.ContainsKey(window.Instance))
            .GroupBy(window => (Load: window.Load / 2, IsAfter: window.Side == Side.Change))
            .Select(group => (group.Key.Load, group.Key.IsAfter, group.Aggregate(
                default(Stratum),
                (sum, window) => new Stratum(sum.Change + window.Unit, sum.Baseline + controls[window.Instance].Unit))));
    }

    /// <summary>One instance in one minute.</summary>
    /// <param name="Instance">Which one.</param>
    /// <param name="Side">What it ran.</param>
    /// <param name="Calls">Its calls, at least 1.</param>
    /// <param name="IsBad">True when it was bad.</param>
    /// <param name="IsAgain">True when its episode was counted before.</param>
    public readonly record struct Window(string Instance, Side Side, long Calls, bool IsBad, bool IsAgain = false)
    {
        internal int Load => BitOperations.Log2((ulong)Calls);

        internal Tally Unit => new(1, IsBad ? 1 : 0);
    }
}
