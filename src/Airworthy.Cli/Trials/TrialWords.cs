using Airworthy.Journeys.Trials;
using Airworthy.Model;
using Airworthy.Trials.Running;

namespace Airworthy.Cli.Trials;

/// <summary>A trial's answer in words, the same in every format.</summary>
internal static class TrialWords
{
    /// <summary>Differences shown by default.</summary>
    public const int Shown = 5;

    /// <summary>The answer in a word or two.</summary>
    public static string Verdict(TrialReport report) =>
        report.Worth.Any(finding => !IsGap(finding)) ? "DIFFERENT" : report.Worth.Length > 0 ? "TESTS MISSING" : report.HasEvidence ? "SAME" : "NO EVIDENCE";

    public static string Headline(TrialReport report)
    {
        var tried = report.Units.Count(unit => unit.IsTried);
        var inputs = report.Units.Sum(unit => unit.Kinds.Where(kind => kind.Kind != TrialKinds.Mutation).Sum(kind => kind.Inputs));
        var different = report.Worth.Where(finding => !IsGap(finding)).Select(finding => finding.Unit.HeadId).Distinct(StringComparer.Ordinal).Count();
        var told = new List<string>();
        if (report is { Worth.Length: 0, HasEvidence: false })
        {
            told.Add(tried > 0
                ? $"no evidence: nothing that changed could be tried; {Words.Count(tried, "caller")} of it, on which nothing differs, may not reach it"
                : "no evidence: nothing could be tried");
        }
        else
        {
            if (inputs > 0)
            {
                told.Add(different == 0
                    ? $"nothing differs in {Words.Count(tried, "unit")} on {Words.Count(inputs, "input")}"
                    : $"{Words.Count(different, "unit")} of {tried:N0} differ{(different == 1 ? "s" : "")} on {Words.Count(inputs, "input")}");
            }

            if (!report.Mutation.IsEmpty)
            {
                told.Add(report.Worth.Count(IsGap) is > 0 and var gaps ? $"no test notices {Words.Count(gaps, "mutant")} of the change that an input shows" : "tests notice each mutant of the change that an input shows");
            }

            if (report.ChangesNotTried is > 0 and var missing)
            {
                told.Add($"{missing:N0} that changed could not be tried");
            }
        }

        if (report.IsInterrupted)
        {
            told.Add("interrupted");
        }

        return string.Join("; ", told);
    }

    private static bool IsGap(RankedFinding finding) => finding.Difference.Kind == DifferenceKind.Gap;

    /// <summary>What a kind of difference is called.</summary>
    public static string Name(TrialDifference difference) => difference.Kind switch
    {
        DifferenceKind.Crash => "ends the process",
        DifferenceKind.Hang => "hangs",
        DifferenceKind.NewException => "new exception",
        DifferenceKind.Value => "other value",
        DifferenceKind.Argument => "other argument",
        DifferenceKind.State => "other state",
        DifferenceKind.Output => "other output",
        DifferenceKind.LostException => "no exception",
        DifferenceKind.ExceptionType => "other exception",
        DifferenceKind.Unstable => "unstable",
        DifferenceKind.Message => "other message",
        DifferenceKind.Fault => "fault",
        DifferenceKind.Gap => $"no test notices {difference.Mutant}",
        DifferenceKind.Race => "race",
        DifferenceKind.Deadlock => "deadlock",
        DifferenceKind.Growth => "grows faster",
        DifferenceKind.Work => "more work",
        DifferenceKind.Backtracking => "slow expression",
        DifferenceKind.Allocation => "allocates more",
        _ => $"not: {difference.Property}",
    };

    public static string Why(RankedFinding finding) => string.Join("; ", finding.Reasons);

    public static string Sides(TrialDifference difference) => difference.Kind switch
    {
        DifferenceKind.Property => "promised",
        DifferenceKind.Gap => "as it is",
        DifferenceKind.Race or DifferenceKind.Deadlock => "in order",
        _ => "base",
    };

    /// <summary>What the other side is called.</summary>
    public static string Other(TrialDifference difference) => difference.Kind == DifferenceKind.Gap ? "instead" : "head";

    /// <summary>The command that shows a finding again, where its input alone does not; null for others.</summary>
    public static string? Replay(TrialReport report, TrialDifference difference) => difference.Kind is DifferenceKind.Race or DifferenceKind.Deadlock
        ? $"airworthy trial --base {report.Base.Hex[..12]} --head {report.Head.Hex[..12]} --schedule {difference.Token}"
        : null;

    /// <summary>The two sides' texts cut to the place where they part, so that the difference is what is seen.</summary>
    public static (string Base, string Head) Around(TrialDifference difference, int most)
    {
        var (left, right) = (difference.Base, difference.Head);
        if (left.Length <= most && right.Length <= most)
        {
            return (left, right);
        }

        var common = 0;
        while (common < Math.Min(left.Length, right.Length) && left[common] == right[common])
        {
            common++;
        }

        var from = Math.Max(0, common - (most / 3));
        return (Cut(left), Cut(right));

        string Cut(string text) => (from > 0 ? "…" : "") + (text.Length - from > most ? text[from..(from + most)] + "…" : from < text.Length ? text[from..] : "");
    }
}
