using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Airworthy.Trials.Running;

namespace Airworthy.Trials.Reporting;

/// <summary>
/// How likely it is that nobody meant a difference: how grave it is, how plain the input that shows it, whether outside code can reach it, and whether the change
/// itself speaks of it. Finding differences is easy; this order is what a reader needs.
/// </summary>
public static partial class FindingRank
{
    /// <summary>The least score of what is shown without being asked for: below it stand other messages, and what no caller can see.</summary>
    public const double Worth = 40;

    /// <summary>Ranks one difference.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="difference">The difference.</param>
    /// <param name="change">What the change says of itself.</param>
    /// <param name="callersAgree">True when callers of the unit were tried, and none of them differs.</param>
    public static FindingScore Of(TrialUnit unit, TrialDifference difference, ChangeWords change, bool callersAgree = false)
    {
        ArgumentNullException.ThrowIfNull(unit);
        ArgumentNullException.ThrowIfNull(difference);
        ArgumentNullException.ThrowIfNull(change);
        var reasons = ImmutableArray.CreateBuilder<string>();
        var score = Gravity(difference.Kind);
        reasons.Add(Told(difference.Kind));
        if (difference.Oddness >= 3)
        {
            reasons.Add("the input holds a null where none is promised");
        }
        else if (difference.Oddness >= 1)
        {
            reasons.Add("the input is odd");
        }
        else
        {
            reasons.Add("the input is plain");
        }

        if (difference.IsRecorded)
        {
            // Users do that.
            score += 15;
            reasons.Add("a recorded call shows it");
        }

        score -= Math.Min(45, difference.Oddness * 12);
        score -= Math.Min(10, difference.Size * 0.4);
        if (!unit.IsPublic)
        {
            score -= 15;
            reasons.Add("outside code can't call it");
            if (callersAgree)
            {
                score -= 25;
                reasons.Add("what calls it shows no difference");
            }
        }

        if (unit.Origin is TrialOrigin.Affected or TrialOrigin.Caller)
        {
            // Code that did not change behaves otherwise: less likely to be meant than what was edited.
            score += 10;
            reasons.Add($"its own code did not change: it {unit.Because}");
        }

        if (unit.Shared is not null && difference.Kind is DifferenceKind.Race or DifferenceKind.Deadlock)
        {
            reasons.Add($"its type {unit.Shared}");
        }

        if (difference.Culture.Length > 0)
        {
            reasons.Add($"in the culture {difference.Culture}");
        }

        var spoken = Spoken(unit, difference, change);
        if (spoken is not null)
        {
            score -= 25;
            reasons.Add(spoken);
        }

        if (difference.IsAtBase)
        {
            score = Math.Min(score, Worth - 10);
            reasons.Add(difference.Kind == DifferenceKind.Property ? "the base breaks it too" : "the base does it too");
        }

        return new FindingScore(score, reasons.ToImmutable(), spoken is not null);
    }

    private static double Gravity(DifferenceKind kind) => kind switch
    {
        DifferenceKind.Growth => 78,
        // Often what it now has to do.
        DifferenceKind.Work => 55,
        DifferenceKind.Backtracking => 76,
        DifferenceKind.Allocation => 25,
        DifferenceKind.Crash => 100,
        DifferenceKind.Hang => 95,
        DifferenceKind.Deadlock => 93,
        DifferenceKind.Race => 88,
        DifferenceKind.NewException => 85,
        DifferenceKind.Value => 75,
        DifferenceKind.Argument => 65,
        DifferenceKind.State => 62,
        DifferenceKind.Fault => 60,
        DifferenceKind.Property => 58,
        DifferenceKind.Output => 55,
        DifferenceKind.Gap => 52,
        DifferenceKind.LostException => 50,
        DifferenceKind.ExceptionType => 45,
        DifferenceKind.Unstable => 40,
        _ => 15,
    };

    private static string Told(DifferenceKind kind) => kind switch
    {
        DifferenceKind.Crash => "it takes the process along",
        DifferenceKind.Hang => "it does not come back",
        DifferenceKind.Deadlock => "threads wait for each other without end",
        DifferenceKind.Growth => "it grows faster with its input",
        DifferenceKind.Work => "its steps grow with its input, where they did not",
        DifferenceKind.Backtracking => "some texts take it very long",
        DifferenceKind.Allocation => "it allocates more",
        DifferenceKind.Race => "threads together do what no order of their calls does",
        DifferenceKind.NewException => "it throws where it did not",
        DifferenceKind.Value => "it gives another value",
        DifferenceKind.Argument => "it leaves an argument otherwise",
        DifferenceKind.State => "it leaves its object otherwise",
        DifferenceKind.Fault => "it throws what a defect throws",
        DifferenceKind.Property => "callers rely on it",
        DifferenceKind.Output => "it prints something else",
        DifferenceKind.Gap => "no test notices when it is written otherwise",
        DifferenceKind.LostException => "it no longer throws",
        DifferenceKind.ExceptionType => "it throws another exception",
        DifferenceKind.Unstable => "it differs from itself",
        _ => "only the message differs",
    };

    /// <summary>Whether the change's own words are about this difference.</summary>
    private static string? Spoken(TrialUnit unit, TrialDifference difference, ChangeWords change)
    {
        var parts = Words().Matches(unit.Name.Split('(')[0]).Select(match => match.Value).Where(word => word.Length > 3 && word is not ("Async" or "ctor")).ToList();
        var member = parts.Count > 0 ? parts[^1] : unit.Name;
        // Nobody means a defect, however much he speaks of the member.
        var isChoice = difference.Kind is not (DifferenceKind.Crash or DifferenceKind.Hang or DifferenceKind.Fault or DifferenceKind.Property or DifferenceKind.Unstable or DifferenceKind.Gap or DifferenceKind.Race or DifferenceKind.Deadlock);
        if (isChoice && change.Message.Contains(member, StringComparison.OrdinalIgnoreCase))
        {
            return $"the commit message names {member}";
        }

        if (difference.Kind is DifferenceKind.NewException or DifferenceKind.ExceptionType)
        {
            var exception = difference.Head.Split(':', ' ').FirstOrDefault(word => word.EndsWith("Exception", StringComparison.Ordinal)) is { } type ? type[(type.LastIndexOf('.') + 1)..] : "";
            if (exception.Length > 0 && unit.Documented.Any(name => name.EndsWith(exception, StringComparison.Ordinal)))
            {
                return $"its documentation names {exception}";
            }
        }

        return isChoice && change.TestWords.Contains(member) ? $"a changed test names {member}" : null;
    }

    [GeneratedRegex("[A-Za-z_][A-Za-z0-9_]*", RegexOptions.NonBacktracking)]
    private static partial Regex Words();
}
