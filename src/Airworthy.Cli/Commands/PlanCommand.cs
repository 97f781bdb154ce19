using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Airworthy.Probation;
using Airworthy.Statistics;

namespace Airworthy.Cli.Commands;

/// <summary><c>airworthy plan</c>: what it takes to judge a change, told beforehand.</summary>
internal static class PlanCommand
{
    private const string Description = """
        Tell how many failures and calls it takes until a change is proven or suspect: the mean, and what suffices 9 times of 10.

        Examples:
          airworthy plan --baseline 0.001
          airworthy plan --baseline 0.001 --ratio 2 --share 0.05 --format json
        """;

    public static Command Create(Terminal terminal)
    {
        var baseline = new Option<double>("--baseline") { Description = "The share of calls that fail without the change.", HelpName = "P", Required = true };
        var share = new Option<double>("--share") { Description = "The share of traffic that the change gets.", HelpName = "S", DefaultValueFactory = _ => 0.5 };
        var terms = new TermsOptions();
        var format = new FormatOption("json");
        var command = new Command("plan", Description) { baseline, share };
        terms.AddTo(command);
        command.Add(format);
        command.SetAction(parsed =>
        {
            var plan = ProbationPlan.Of(terms.Read(parsed), parsed.GetValue(baseline), parsed.GetValue(share));
            if (format.IsText(parsed))
            {
                Write(terminal, plan);
            }
            else
            {
                FigureJson.WriteAnswer(terminal.Out, plan, Write);
            }

            return ExitCode.Yes;
        });
        return command;
    }

    private static void Write(Terminal terminal, ProbationPlan plan)
    {
        terminal.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"baseline {plan.Baseline:0.######} · ratio {plan.Terms.Ratio:0.###} · alpha {plan.Terms.Alpha:0.####} · the change gets {plan.Share:0.###%} of the traffic"));
        terminal.WriteLine("");
        var columns = new TextColumns();
        columns.Add("", "failures, mean", "9 of 10", "calls of the change, mean", "9 of 10");
        Row("suspect, if it does that harm", plan.Flag, plan.Terms.Ratio);
        Row("  were that ratio alone tested for", plan.FlagIfKnown, plan.Terms.Ratio);
        Row("proven, if it does none", plan.Prove, 1);
        foreach (var line in columns.Lines())
        {
            terminal.WriteLine(line);
        }

        terminal.WriteLine("");
        terminal.WriteLine("Failures are episodes: a burst is one. They are those of both sides together.");

        void Row(string what, FirstPassage passage, double ratio) => columns.Add(
            what,
            Count(passage.Mean),
            Count(passage.Percentile90),
            Count(plan.ChangeCalls(passage.Mean, ratio)),
            Count(plan.ChangeCalls(passage.Percentile90, ratio)));
    }

    private static string Count(double? count) => count is { } known
        ? known.ToString("N0", CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"over {FirstPassage.Furthest:N0} failures");

    private static void Write(Utf8JsonWriter json, ProbationPlan plan)
    {
        json.WriteNumber("baseline", plan.Baseline);
        json.WriteNumber("share", plan.Share);
        json.WriteNumber("ratio", plan.Terms.Ratio);
        json.WriteNumber("alpha", plan.Terms.Alpha);
        WritePassage(json, "suspect", plan, plan.Flag, plan.Terms.Ratio);
        WritePassage(json, "suspectFixedRatio", plan, plan.FlagIfKnown, plan.Terms.Ratio);
        WritePassage(json, "proven", plan, plan.Prove, 1);
    }

    private static void WritePassage(Utf8JsonWriter json, string name, ProbationPlan plan, FirstPassage passage, double ratio)
    {
        json.WriteStartObject(name);
        json.WriteFigure("episodesMean", passage.Mean);
        json.WriteFigure("episodes90", passage.Percentile90);
        json.WriteFigure("changeCallsMean", plan.ChangeCalls(passage.Mean, ratio));
        json.WriteFigure("changeCalls90", plan.ChangeCalls(passage.Percentile90, ratio));
        json.WriteEndObject();
    }
}
