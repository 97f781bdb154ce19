using Airworthy.Journeys.Trials;
using Airworthy.Model;
using Airworthy.Trials.Running;

namespace Airworthy.Cli.Trials;

/// <summary>A trial's answer in words, the same in every format.</summary>
internal static class TrialWords
{
    /// <summary>Differences shown by default.</summary>
    public const int Shown = 5;

    public static string Headline(TrialReport report)
    {
        var tried = report.Units.Count(unit => unit.Kinds.Any(kind => kind.Inputs > 0));
        var inputs = report.Units.Sum(unit => unit.Kinds.Sum(kind => kind.Inputs));
        var different = report.Worth.Select(finding => finding.Unit.HeadId).Distinct(StringComparer.Ordinal).Count();
        var ended = report.IsInterrupted ? "; interrupted" : "";
        return report switch
        {
            { HasEvidence: false } => $"no evidence: nothing could be tried{ended}",
            { Worth.Length: 0 } => $"nothing differs in {Words.Count(tried, "unit")} on {Words.Count(inputs, "input")}{ended}",
            _ => $"{Words.Count(different, "unit")} of {tried:N0} differ{(different == 1 ? "s" : "")} on {Words.Count(inputs, "input")}{ended}",
        };
    }

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
        _ => $"not: {difference.Property}",
    };

    public static string Why(RankedFinding finding) => string.Join("; ", finding.Reasons);

    public static string Sides(TrialDifference difference) => difference.Kind is DifferenceKind.Property ? "promised" : "base";

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
