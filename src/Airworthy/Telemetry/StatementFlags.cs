using System.Collections.Immutable;

namespace Airworthy.Telemetry;

/// <summary>Which of up to 63 statements of a function a process has ever run.</summary>
/// <param name="Key">Under what; the minute is when it was read.</param>
/// <param name="First">The place of the first of them among the function's watched statements, from 0.</param>
/// <param name="Lines">The line of each, as of the version's source; 1 to 63 of them.</param>
/// <param name="Ran">A bit for each, the lowest for the first: 1 when it ran at least once.</param>
public sealed record StatementFlags(ObservationKey Key, int First, ImmutableArray<int> Lines, long Ran)
{
    /// <summary>Most statements in one of these: their bits are a positive number.</summary>
    public const int Most = 63;

    /// <summary>Each statement by its line, and whether it ever ran.</summary>
    public IEnumerable<StatementRun> Statements() => Lines.Select((line, i) => new StatementRun(line, (Ran >> i & 1) == 1));
}
