using System.Globalization;

namespace Airworthy.Telemetry.Workflows;

/// <summary>
/// Chooses the traces whose steps are read when more arrive than are needed: whole traces, by a hash of their ids, so that every request and
/// every node chooses the same ones. A trace chosen at one in four is also chosen at one in two.
/// </summary>
internal sealed class TraceChoice(TimeProvider time)
{
    /// <summary>
    /// How many bytes of requests are read for chosen traces in a <see cref="Window"/>: about 2,000 spans a second. In the window in which a flood begins, a few times that.
    /// </summary>
    public const int MostBytes = 5_000_000;

    /// <summary>How long it is watched how much arrives before the choice is made anew.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    private const int MostShift = 30;
    private readonly Lock _lock = new();
    private long _began = long.MinValue;
    private long _arrived;
    private int _shift;

    /// <summary>True when the trace is among the chosen when one in <paramref name="oneIn"/> is, a power of two.</summary>
    public static bool Chooses(UInt128 trace, int oneIn) =>
        unchecked((((ulong)trace ^ (ulong)(trace >> 64)) * 0x9E37_79B9_7F4A_7C15) >> 32 & (ulong)(oneIn - 1)) == 0;

    /// <inheritdoc cref="Chooses(UInt128, int)"/>
    public static bool Chooses(string traceId, int oneIn) =>
        Chooses(UInt128.Parse(traceId, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture), oneIn);

    /// <summary>A request of so many bytes has come: one trace in how many of it is to be read.</summary>
    public int Next(int bytes)
    {
        var now = time.GetTimestamp();
        lock (_lock)
        {
            if (_began == long.MinValue || time.GetElapsedTime(_began, now) >= Window)
            {
                _began = now;
                _shift = ShiftFor(_arrived, 0);
                _arrived = 0;
            }

            _arrived += bytes;
            _shift = ShiftFor(_arrived, _shift);
            return 1 << _shift;
        }
    }

    private static int ShiftFor(long bytes, int atLeast)
    {
        var shift = atLeast;
        while (bytes >> shift > MostBytes && shift < MostShift)
        {
            shift++;
        }

        return shift;
    }
}
