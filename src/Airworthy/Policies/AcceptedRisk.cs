using System.Collections.Immutable;
using System.Globalization;
using Airworthy.Model;

namespace Airworthy.Policies;

/// <summary>An exception: a person lets a rule rest for some paths until a day. It is told in every verdict until it lapses.</summary>
/// <param name="Rule">The rule, by its name in verdicts.</param>
/// <param name="Paths">Where; empty: everywhere.</param>
/// <param name="By">The person who answers for it.</param>
/// <param name="Reason">Why.</param>
/// <param name="Until">The last day it holds, UTC.</param>
public sealed record AcceptedRisk(string Rule, ImmutableArray<GlobPattern> Paths, string By, string Reason, DateOnly Until)
{
    /// <summary>True when it no longer holds at <paramref name="now"/>.</summary>
    public bool HasLapsed(DateTimeOffset now) => DateOnly.FromDateTime(now.UtcDateTime) > Until;

    /// <summary>True when it speaks of <paramref name="rule"/> in <paramref name="path"/>.</summary>
    public bool Covers(string rule, RepoPath path) =>
        string.Equals(Rule, rule, StringComparison.Ordinal) && (Paths.IsEmpty || Paths.Any(glob => glob.Matches(path)));

    /// <summary>It as a sentence, without whether it holds.</summary>
    public string Says =>
        $"{Rule}{(Paths.IsEmpty ? "" : $" in {string.Join(", ", Paths.Select(path => path.Text))}")}, by {By} until {Until.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}: {Reason}";
}
