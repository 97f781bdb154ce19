using System.Collections.Immutable;
using System.Globalization;
using Airworthy.Journeys;
using Airworthy.Model;
using Airworthy.Policies;
using Airworthy.Provenance.PullRequests;

namespace Airworthy.Cli.Gates;

/// <summary>The sentences of the gate's answer, shared by text and Markdown.</summary>
internal static class GateWords
{
    public const int Shown = 3;

    private const int MostBlocks = 5;

    /// <summary>The verdict in one line, without its name.</summary>
    public static string Headline(GateReport report)
    {
        var units = report.Judgement.Units;
        var denied = units.Count(unit => unit.Kind == VerdictKind.Fail);
        var lacking = units.Count(unit => unit.Kind == VerdictKind.Insufficient);
        var reported = Reported(report);
        return report switch
        {
            { Files: 0 } => "nothing changed",
            _ when reported.Length > 0 && (denied > 0 || lacking > 0) => $"{reported}; {denied + lacking} of {Units(units.Length)} {(denied + lacking == 1 ? "does" : "do")} not hold what the policy asks for",
            _ when reported.Length > 0 => reported,
            _ when denied > 0 && units.All(unit => unit.Denied.IsEmpty == (unit.Kind != VerdictKind.Fail)) =>
                $"{denied} of {Units(units.Length)} may not be changed by who changed {(denied == 1 ? "it" : "them")}",
            _ when denied > 0 => $"{denied} of {Units(units.Length)} {(denied == 1 ? "does" : "do")} not hold what the policy asks for",
            _ when report.Judgement.Kind == VerdictKind.Fail => report.Judgement.Rules.First(rule => rule.Kind == VerdictKind.Fail).Asks,
            _ when lacking > 0 => $"{lacking} of {Units(units.Length)} {(lacking == 1 ? "lacks" : "lack")} evidence {(lacking == 1 ? "its" : "their")} policy asks for",
            _ when units.IsEmpty => "no lines to judge",
            _ => $"{Units(units.Length)} {(units.Length == 1 ? "has" : "have")} what the policy asks for",
        };
    }

    /// <summary>What tests and analyzers say against the change: <c>2 tests fail</c>; empty when nothing.</summary>
    private static string Reported(GateReport report)
    {
        var count = report.Judgement.Problems.CountBy(problem => problem.Rule).ToDictionary(StringComparer.Ordinal);
        string[] parts =
        [
            count.TryGetValue(ReportRules.FailedTest, out var failed) ? $"{Words.Count(failed, "test")} {(failed == 1 ? "fails" : "fail")}" : "",
            count.TryGetValue(ReportRules.Error, out var errors) ? $"{Words.Count(errors, "new error")} on changed lines" : "",
            report.Judgement.Problems.Count(problem => problem.Rule.StartsWith("budget/", StringComparison.Ordinal)) is > 0 and var budgets ? $"{Words.Count(budgets, "budget")} of agent debt exceeded" : "",
            count.TryGetValue(ReportRules.FlakyTest, out var flaky) ? $"{Words.Count(flaky, "test")} both {(flaky == 1 ? "fails and passes" : "fail and pass")}" : "",
        ];
        return string.Join(", ", parts.Where(part => part.Length > 0));
    }

    /// <summary>What was measured, a line each.</summary>
    public static IEnumerable<string> Facts(GateReport report) =>
        new[] { Statements(report), Tests(report), Findings(report), Review(report), Rest(report) }.Where(line => line.Length > 0);

    private static string Tests(GateReport report)
    {
        if (report.Tests is not { } tests)
        {
            return "";
        }

        var isNew = tests.Changed.Count(test => test.IsNew);
        var ai = tests.Changed.Count(test => test.Authorship.Kind == AuthorKind.Ai);
        string[] parts =
        [
            $"passed {tests.Passed:N0}",
            tests.Failed > 0 ? $"failed {tests.Failed:N0}" : "",
            tests.Flaky > 0 ? $"failed and passed {tests.Flaky:N0}" : "",
            tests.Skipped > 0 ? $"skipped {tests.Skipped:N0}" : "",
            tests.Changed.IsEmpty ? "" : $"new {isNew:N0}, edited {tests.Changed.Length - isNew:N0}, of them AI-written {ai:N0}",
        ];
        return tests.Ran == 0 ? "tests: none ran; that is no evidence" : $"tests: {string.Join(" · ", parts.Where(part => part.Length > 0))}";
    }

    private static string Findings(GateReport report)
    {
        var shown = report.Judgement.Problems.Where(problem => problem.Rule == ReportRules.Remark).ToArray();
        return shown.Length == 0 ? ""
            : $"analyzers: {Words.Count(shown.Length, "finding")} below error on changed lines ({Plain(shown[0].Name)}, {shown[0].Path?.Display}:{shown[0].Start}{(shown.Length > 1 ? ", …" : "")})";
    }

    /// <summary>What the review was, as facts.</summary>
    private static string Review(GateReport report)
    {
        if (report.Review is not { } review)
        {
            return "";
        }

        var approved = review.Decisions.Where(decision => decision.State == ReviewState.Approved).Select(decision => Plain(decision.By)).ToArray();
        var lines = review.Comments.Where(comment => !comment.IsMachine).Select(comment => (comment.Path, comment.Line)).Distinct().ToHashSet();
        var commented = report.Judgement.Units.Count(unit => unit.Changed.At.Any(line => lines.Contains((unit.Changed.Unit.Path, line.Number))));
        string[] parts =
        [
            approved.Length == 0 ? "nobody approved" : $"approved by {string.Join(", ", approved)}{(review.TimeToApproval is { } time ? $", first {Span(time)} after it was opened, for {Words.Count(report.Lines.Total, "changed line")}" : "")}",
            review.Rounds > 0 ? $"changes asked for {(review.Rounds == 1 ? "once" : $"{review.Rounds:N0} times")}" : "",
            $"comments on {commented:N0} of {Units(report.Judgement.Units.Length)}",
        ];
        return $"review: {string.Join(" · ", parts.Where(part => part.Length > 0))}";
    }

    private static string Span(TimeSpan time) => time switch
    {
        { TotalMinutes: < 1 } => "less than a minute",
        { TotalHours: < 1 } => Words.Count((long)time.TotalMinutes, "minute"),
        { TotalDays: < 2 } => Words.Count((long)time.TotalHours, "hour"),
        _ => Words.Count((long)time.TotalDays, "day"),
    };

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

        foreach (var (_, says) in judged.Forbidden)
        {
            yield return Plain(says);
        }

        foreach (var fall in judged.Short)
        {
            yield return Short(fall, judged.Changed);
        }

        if (!judged.Missing.IsEmpty)
        {
            yield return "lacks " + string.Join(" and ", judged.Missing.Select(kind => kind.Asks));
        }

        foreach (var risk in judged.Changed.Risks.Take(Shown))
        {
            yield return $"line {risk.Line}, {risk.Rule}: {Plain(risk.Says)}";
        }
    }

    /// <summary>Evidence that falls short: <c>tests execute 3 of 5 changed statements</c>.</summary>
    private static string Short(Shortfall fall, ChangedUnit changed)
    {
        var (good, all) = (fall.Evidence.Count - fall.Evidence.Bad, fall.Evidence.Count);
        var says = fall.Kind.Name switch
        {
            "statement-coverage" => $"tests execute {good:N0} of {Words.Count(all, "changed statement")}{Unexecuted(changed.NotExecuted)}",
            "branch-coverage" => $"tests take {good:N0} of {all:N0} ways out of the changed branches",
            "mutation-score" => $"tests notice {good:N0} of {Words.Count(all, "mutant")}",
            "trial" => $"{fall.Evidence.Bad:N0} of {Words.Count(all, "trial run")} {(fall.Evidence.Bad == 1 ? "differs" : "differ")} from the base, unexplained",
            "fuzz" => $"{fall.Evidence.Bad:N0} of {Words.Count(all, "generated input")} {(fall.Evidence.Bad == 1 ? "breaks" : "break")} it",
            "concurrency-trial" => $"{fall.Evidence.Bad:N0} of {Words.Count(all, "interleaving")} {(fall.Evidence.Bad == 1 ? "breaks" : "break")} it",
            "workflow-replay" => $"{fall.Evidence.Bad:N0} of {Words.Count(all, "recorded call")} {(fall.Evidence.Bad == 1 ? "ends" : "end")} otherwise than before",
            "behind-flag" => $"{fall.Evidence.Bad:N0} of {Words.Count(all, "changed line")} {(fall.Evidence.Bad == 1 ? "runs" : "run")} whatever a feature flag says",
            "human-review" => $"{Plain(fall.Evidence.Source)} asked for changes",
            _ => $"{fall.Kind.Name}: {good:N0} of {all:N0} are good",
        };
        return fall.Least < 1 ? string.Create(CultureInfo.InvariantCulture, $"{says}; {fall.Least:0.##} of them are asked") : says;
    }

    /// <summary>Lines in words: <c>, not lines 24, 30-32</c>; the first few.</summary>
    private static string Unexecuted(ImmutableArray<int> lines)
    {
        var blocks = LineSpan.Blocks(lines);
        return blocks.IsEmpty ? ""
            : $", not {(lines.Length == 1 ? "line" : "lines")} {string.Join(", ", blocks.Take(MostBlocks).Select(block => block.Count == 1 ? $"{block.Start}" : $"{block.Start}-{block.End}"))}{(blocks.Length > MostBlocks ? ", …" : "")}";
    }

    /// <summary>The commands that get what is missing, the one that helps most units first.</summary>
    public static IReadOnlyList<string> Next(GateReport report) =>
        [.. report.Judgement.Units
            .SelectMany(unit => Get(report, unit))
            .GroupBy(command => command, StringComparer.Ordinal)
            .OrderByDescending(same => same.Count())
            .ThenBy(same => same.Key, StringComparer.Ordinal)
            .Select(same => same.Key)];

    /// <summary>The shortest way to each piece of evidence that a unit lacks.</summary>
    public static IEnumerable<string> Get(GateReport report, UnitVerdict judged) => judged.Missing.Select(kind => Get(report, kind, judged.Changed.Unit.Path)).Distinct(StringComparer.Ordinal);

    // The command was run: its report does not know the file.
    private static string Get(GateReport report, EvidenceKind kind, RepoPath path) =>
        kind.Name is "statement-coverage" or "branch-coverage" && report.Unmeasured.Any(file => file.Path == path && file.Why == UnmeasuredFile.Unnamed)
            ? $"have tests load the files that no report names, or leave them out of the rule ('except:' in {Policy.FileName})"
            : EvidenceCommands.For(kind, path);

    /// <summary>What coverage says of the changed statements; empty when no report was read.</summary>
    private static string Statements(GateReport report) => report.Reports.IsEmpty || report.Statements.Total == 0 ? ""
        : $"{Words.Count(report.Statements.Total, "changed statement")} measured: ai {report.Statements.Ai:N0} · unknown {report.Statements.Unknown:N0} · human {report.Statements.Human:N0} · executed {report.Statements.Covered:N0}";

    public static string Where(UnitVerdict judged) => judged.Changed.Unit.Span.Start > 0
        ? $"{judged.Changed.Unit.Path.Display}:{judged.Changed.Unit.Span.Start}"
        : judged.Changed.Unit.Path.Display;

    /// <summary>What was counted: <c>214 changed lines: ai 180, unknown 30, human 4</c>.</summary>
    public static string Lines(GateReport report) =>
        $"{Words.Count(report.Lines.Total, "changed line")} in {Words.Count(report.Files, "file")}: "
        + $"ai {report.Lines.Ai:N0} · unknown {report.Lines.Unknown:N0} · human {report.Lines.Human:N0}"
        + (report.Judgement.Units.Sum(unit => unit.Changed.Moved) is > 0 and var moved ? $"; {moved:N0} of them only moved" : "");

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

        foreach (var risk in report.Accepted)
        {
            yield return $"accepted: {Plain(risk.Says)}";
        }

        foreach (var risk in report.Lapsed)
        {
            yield return $"lapsed, and held no longer: {Plain(risk.Says)}";
        }

        if (report.Tests is { OfTheCodesAgents: true } tests)
        {
            var ai = tests.Changed.Count(test => test.Authorship.Kind == AuthorKind.Ai);
            yield return $"{ai:N0} of the {Words.Count(tests.Changed.Length, "new or edited test")} {(ai == 1 ? "was" : "were")} written by the agent whose code {(ai == 1 ? "it tests" : "they test")}: weaker evidence than a person's test";
        }

        foreach (var remark in report.Remarks)
        {
            yield return Plain(remark);
        }
    }

    /// <summary>How the units that are not shown came out, and what could not be judged.</summary>
    private static string Rest(GateReport report)
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

    /// <summary>Text from the repository as one bounded line without control, bidirectional or invisible characters.</summary>
    public static string Plain(string text) => InertText.Line(text, 300);

    private static string Units(int count) => Words.Count(count, "changed unit");
}
