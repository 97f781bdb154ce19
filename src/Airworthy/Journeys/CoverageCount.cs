using System.Runtime.InteropServices;
using Airworthy.Model;
using Airworthy.Provenance;

namespace Airworthy.Journeys;

/// <summary>The running counts of a <see cref="Coverage"/>.</summary>
public sealed class CoverageCount
{
    // The most direct evidence first; of a commit's signals the first of these names what it is known from.
    private static readonly string[] s_directness =
    [
        "note", "trace", "checkpoint", "author", "committer", "session", "co-author", "squashed-author", "trailer", "pull-request-commits",
        "pull-request-author", "pull-request", "footer", "branch", "policy",
    ];

    private readonly Dictionary<string, long> _knownFrom = new(StringComparer.Ordinal);
    private readonly Dictionary<(int Year, int Month), (long Count, long Marked)> _months = [];
    private ScanTally _counted;
    private long _hinted;

    /// <summary>Counts commits or lines of one authorship.</summary>
    /// <param name="authorship">Who wrote them.</param>
    /// <param name="at">When they were committed.</param>
    /// <param name="count">How many.</param>
    /// <param name="inTrend">False for what says nothing of its month, such as merges.</param>
    public void Add(Authorship authorship, DateTimeOffset at, long count, bool inTrend = true)
    {
        ArgumentNullException.ThrowIfNull(authorship);
        _counted = _counted.Plus(authorship.Kind, count);
        if (authorship.Kind != AuthorKind.Unknown)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_knownFrom, MostDirect(authorship), out _) += count;
        }
        else if (authorship.Signals.Any(signal => signal.Agent is not null))
        {
            _hinted += count;
        }

        if (inTrend)
        {
            var day = at.ToUniversalTime();
            ref var month = ref CollectionsMarshal.GetValueRefOrAddDefault(_months, (day.Year, day.Month), out _);
            month = (month.Count + count, month.Marked + (authorship.Kind == AuthorKind.Ai ? count : 0));
        }
    }

    /// <summary>What was counted so far.</summary>
    public Coverage Told() => new(
        _counted,
        [
            .. _knownFrom.Select(pair => new ScanSource(pair.Key, pair.Value))
                .OrderByDescending(source => source.Count).ThenBy(source => source.Kind, StringComparer.Ordinal),
        ],
        _hinted,
        [
            .. _months.OrderBy(pair => pair.Key)
                .Select(pair => new ScanMonth(pair.Key.Year, pair.Key.Month, pair.Value.Count, pair.Value.Marked)),
        ]);

    private static string MostDirect(Authorship authorship)
    {
        var decisive = authorship.Signals
            .Where(signal => authorship.Kind == AuthorKind.Human ? signal.Agent is null : AuthorshipRule.SaysAi(signal))
            .Select(signal => signal.Kind)
            .ToHashSet(StringComparer.Ordinal);
        return Array.Find(s_directness, decisive.Contains) ?? decisive.First();
    }
}
