using System.Text.Json;
using Airworthy.Journeys;
using Airworthy.Policies;

namespace Airworthy.Cli.Gates;

/// <summary>The gate's answer as JSON; its shape is told in docs/gate-a-pull-request.md and kept stable.</summary>
internal static class GateJson
{
    public static void Write(GateReport report, Terminal terminal) =>
        terminal.WriteLine(JsonSerializer.Serialize(Shape(report), AirworthyJson.Indented));

    private static object Shape(GateReport report) => new
    {
        Verdict = report.Judgement.Kind,
        report.Verdict.Reasons,
        Base = report.Base.Hex,
        Head = report.Head.Hex,
        MergeBase = report.MergeBase.Hex,
        Policy = new
        {
            File = report.Policy == Policy.Default ? null : Policy.FileName.Value,
            Revision = report.Base.Hex,
            report.Policy.Digest,
            EditedByChange = report.PolicyEdited,
        },
        Changed = new
        {
            report.Files,
            Statements = report.Statements.Total,
            report.Statements.Ai,
            report.Statements.Unknown,
            report.Statements.Human,
            report.Statements.Covered,
            Lines = new { report.Lines.Total, report.Lines.Ai, report.Lines.Unknown, report.Lines.Human },
            UnmeasuredFiles = report.Unmeasured.Select(file => new { Path = file.Path.Value, file.Why }),
        },
        Units = report.Judgement.Units.Select(unit => Unit(report, unit)),
        Rules = report.Judgement.Rules.Select(rule => new { Rule = rule.Name, rule.Asks, rule.Applied, rule.Unmet, Verdict = rule.Kind }),
        Tests = report.Tests is not { } tests ? null : new
        {
            tests.Passed,
            tests.Failed,
            tests.Flaky,
            tests.Skipped,
            Changed = tests.Changed.Select(test => new { test.Name, Path = test.Path.Value, test.Line, New = test.IsNew, Authorship = test.Authorship.Kind, Agents = test.Authorship.Agents.Select(agent => agent.Name).Distinct(StringComparer.Ordinal) }),
            tests.OfTheCodesAgents,
        },
        Problems = report.Judgement.Problems.Select(problem => new { problem.Rule, problem.Name, problem.Says, problem.Source, Path = problem.Path?.Value, problem.Start, problem.End, Verdict = problem.Level }),
        Review = report.Review is not { } review ? null : new
        {
            review.Number,
            review.Author,
            review.OpenedAt,
            review.Rounds,
            SecondsToApproval = (long?)review.TimeToApproval?.TotalSeconds,
            Reviews = review.Reviews.Select(one => new { one.By, Machine = one.IsMachine, one.State, one.At, Commit = one.Commit?.Hex }),
            Comments = review.Comments.Select(comment => new { comment.By, Machine = comment.IsMachine, Path = comment.Path.Value, comment.Line }),
        },
        Reports = report.Reports.Select(read => new { read.Name, read.Format, read.Files, read.Matched }),
        Exceptions = report.Accepted.Select(risk => Exception(risk, lapsed: false)).Concat(report.Lapsed.Select(risk => Exception(risk, lapsed: true))),
        report.Remarks,
    };

    private static object Exception(AcceptedRisk risk, bool lapsed) =>
        new { risk.Rule, Paths = risk.Paths.Select(path => path.Text), risk.By, risk.Reason, risk.Until, Lapsed = lapsed };

    private static object Unit(GateReport report, UnitVerdict judged)
    {
        var (unit, authorship) = (judged.Changed.Unit, judged.Changed.Authorship);
        return new
        {
            Unit = unit.Symbol,
            unit.Name,
            Path = unit.Path.Value,
            unit.Span.Start,
            unit.Span.End,
            Authorship = authorship.Kind,
            authorship.Basis,
            Agents = authorship.Agents.Select(agent => new { Agent = agent.Name, agent.Model, agent.Session }),
            Lines = new { judged.Changed.Lines.Total, judged.Changed.Lines.Ai, judged.Changed.Lines.Unknown, judged.Changed.Lines.Human },
            judged.Changed.RemovedOnly,
            judged.Changed.Moved,
            Criticality = judged.Areas.IsEmpty ? (Criticality?)null : judged.Areas[0].Criticality,
            Critical = judged.Areas.Select(area => area.Name),
            Denied = judged.Denied.Select(area => area.Name),
            Evidence = judged.Changed.Evidence.Select(found => new { found.Kind, found.Source, Revision = found.Revision?.Hex, found.Count, found.Bad }),
            judged.Changed.NotExecuted,
            Missing = judged.Missing.Select(kind => kind.Name),
            Short = judged.Short.Select(fall => new { fall.Evidence.Kind, fall.Least }),
            Forbidden = judged.Forbidden.Select(broken => new { broken.Rule, broken.Says }),
            Get = GateWords.Get(report, judged),
            Risks = judged.Changed.Risks.Select(risk => new { risk.Rule, risk.Line, risk.Says }),
            Accepted = judged.Accepted.Select(risk => risk.Rule),
            Verdict = judged.Kind,
        };
    }
}
