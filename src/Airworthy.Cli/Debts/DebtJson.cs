using System.Text.Json;
using Airworthy.Journeys;
using Airworthy.Journeys.Debts;

namespace Airworthy.Cli.Debts;

/// <summary>Agent debt as JSON; its shape is told in docs/agent-debt.md and kept stable.</summary>
internal static class DebtJson
{
    public static void Write(DebtReport report, Terminal terminal) => terminal.WriteLine(JsonSerializer.Serialize(
        new
        {
            report.Repository,
            Revision = report.Revision.Hex,
            Running = report.IsRunning,
            Server = report.Production is { } production ? new { Repository = production.Server, production.Services, Incidents = production.Incidents.Length, report.Attributable } : null,
            report.Figures.All.Statements,
            report.Figures.All.Unproven,
            report.Figures.All.Weighted,
            report.Figures.Exposed,
            report.Figures.Unknown,
            report.Figures.Human,
            report.Figures.Folders,
            report.Figures.Agents,
            report.Figures.Models,
            report.Figures.Ages,
            Changes = report.Rates.Authors.Select(Rate),
            Sessions = report.Rates.Sessions.Select(Rate),
            Prompts = report.Rates.Prompts.Select(Rate),
            Coverage = new { Changes = report.Rates.OfAgents, report.Rates.InSession, report.Rates.Asked },
            report.Reviews,
            report.Releases,
            Budgets = report.Budgets.Select(budget => new { budget.Name, budget.Unproven, budget.Most, Over = budget.IsOver }),
            report.Unread,
        },
        AirworthyJson.Indented));

    private static object Rate(DebtRate rate) => new
    {
        rate.By,
        rate.Landed,
        rate.Failed,
        FailInterval = rate.FailRange,
        rate.Judged,
        rate.Proven,
        rate.Caused,
        Rework = new { rate.Rework.Part, rate.Rework.Whole, rate.Rework.Interval },
    };
}
