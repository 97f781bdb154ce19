using Airworthy.Journeys;
using Airworthy.Model;
using Airworthy.Policies;

namespace Airworthy.Cli.Gates;

/// <summary>The sentences of the gate's answer, shared by text and Markdown.</summary>
internal static class GateWords
{
    public const int Shown = 3;

    /// <summary>The verdict in one line, without its name.</summary>
    public static string Headline(GateReport report)
    {
        var units = report.Judgement.Units;
        var denied = units.Count(unit => unit.Kind == VerdictKind.Fail);
        var lacking = units.Count(unit => unit.Kind == VerdictKind.Insufficient);
        return report switch
        {
            { Files: 0 } => "nothing changed",
            _ when denied > 0 => $"{denied} of {Units(units.Length)} may not be changed by who changed {(denied == 1 ? "it" : "them")}",
            _ when lacking > 0 => $"{lacking} of {Units(units.Length)} {(lacking == 1 ? "lacks" : "lack")} evidence {(lacking == 1 ? "its" : "their")} policy asks for",
            _ when units.IsEmpty => "no lines to judge",
            _ => $"{Units(units.Length)} {(units.Length == 1 ? "has" : "have")} what the policy asks for",
        };
    }

    public static string Name(VerdictKind kind) => kind.ToString().ToUpperInvariant();

    /// <summary>Who changed a unit and what depends on it: <c>ai · claude-code · critical: payments</c>.</summary>
    public static string Who(UnitVerdict judged)
    {
        var parts = new List<string> { Words.Of(judged.Changed.Authorship.Kind) };
        parts.AddRange(judged.Changed.Authorship.Agents.Select(agent => Plain(agent.Name)).Distinct(StringComparer.Ordinal).Take(3));
        if (!judged.Areas.IsEmpty)
        {
            parts.Add("critical: " + string.Join(", ", judged.Areas.Select(area => area.Name)));
        }

        return string.Join(" · ", parts);
    }

    /// <summary>What is wrong with a unit, a sentence each.</summary>
    public static IEnumerable<string> Problems(UnitVerdict judged)
    {
        foreach (var area in judged.Denied)
        {
            yield return $"{area.Name} denies changes by {Words.Of(judged.Changed.Authorship.Kind)} code"
                + (area.Owner is null ? "" : $"; {area.Owner} answers for it");
        }

        if (!judged.Missing.IsEmpty)
        {
            yield return "lacks " + string.Join(" and ", judged.Missing.Select(kind => kind.Asks));
        }
    }

    public static string Where(UnitVerdict judged) => judged.Changed.Unit.Span.Start > 0
        ? $"{judged.Changed.Unit.Path.Display}:{judged.Changed.Unit.Span.Start}"
        : judged.Changed.Unit.Path.Display;

    /// <summary>What was counted: <c>214 changed lines: ai 180, unknown 30, human 4</c>.</summary>
    public static string Lines(GateReport report) =>
        $"{Words.Count(report.Lines.Total, "changed line")} in {Words.Count(report.Files, "file")}: "
        + $"ai {report.Lines.Ai:N0} · unknown {report.Lines.Unknown:N0} · human {report.Lines.Human:N0}";

    public static string PolicyLine(GateReport report) => report.Policy == Policy.Default
        ? $"policy: the default one, as {report.Base.Short} has no {Policy.FileName}; 'airworthy init' writes one"
        : $"policy {Policy.FileName}@{report.Base.Short}";

    /// <summary>What must be said beside the verdict.</summary>
    public static IEnumerable<string> Remarks(GateReport report)
    {
        if (report.PolicyEdited)
        {
            yield return $"this change edits {Policy.FileName}; it was judged by the base's";
        }

        if (report.Judgement.Units.Any(unit => !unit.Missing.IsEmpty))
        {
            yield return "this version reads no test, coverage or review reports yet: what is listed as lacking has to be shown to a reviewer";
        }
    }

    /// <summary>How the units that are not shown came out, and what could not be judged.</summary>
    public static string Rest(GateReport report)
    {
        var passed = report.Judgement.Units.Where(unit => unit.Kind == VerdictKind.Pass).ToArray();
        var asked = passed.Count(unit => !unit.Rules.IsEmpty);
        var parts = new List<string>();
        if (asked > 0)
        {
            parts.Add($"passed {asked:N0}");
        }

        if (passed.Length > asked)
        {
            parts.Add($"nothing asked of {passed.Length - asked:N0}");
        }

        if (!report.Unmeasured.IsEmpty)
        {
            parts.Add($"not measured {report.Unmeasured.Length:N0} ({report.Unmeasured[0].Path.Display}: {report.Unmeasured[0].Why}{(report.Unmeasured.Length > 1 ? ", …" : "")})");
        }

        return string.Join(" · ", parts);
    }

    /// <summary>Text from the repository without control characters.</summary>
    public static string Plain(string text) => new([.. text.Take(120).Select(c => char.IsControl(c) ? '\uFFFD' : c)]);

    private static string Units(int count) => Words.Count(count, "changed unit");
}
