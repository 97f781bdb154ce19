using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Airworthy.Cli.Servers;
using Airworthy.Model;
using Airworthy.Probation;
using Airworthy.Statistics;

namespace Airworthy.Cli.Commands;

/// <summary><c>airworthy judge</c>: the judge of probation on one's own numbers.</summary>
internal static class JudgeCommand
{
    private const string Description = """
        Judge a change against its baseline by counts of calls and failures in intervals, as probation does: proven, suspect or undecided, each wrong
        with a chance of at most alpha however often one looks, also while the traffic shifts from one side to the other.

        FILE has the columns interval,change_calls,change_bad,baseline_calls,baseline_bad; - reads standard input.

        Exit code: 0 proven, 1 suspect, 2 undecided.

        Examples:
          airworthy judge canary.csv
          airworthy judge - --ratio 1.5 --alpha 0.05 --format json < canary.csv
        """;

    public static Command Create(Terminal terminal)
    {
        var file = new Argument<string>("FILE") { Description = "The counts, as comma-separated values; - for standard input." };
        var terms = new TermsOptions();
        var format = new FormatOption("json");
        var command = new Command("judge", Description) { file, format };
        terms.AddTo(command);
        command.SetAction(async (parsed, cancel) =>
        {
            var judge = new Judge(terms.Read(parsed));
            await ReadAsync(parsed.GetRequiredValue(file), terminal, judge, cancel);
            var judged = judge.Conclude();
            if (format.IsText(parsed))
            {
                Write(terminal, judged);
            }
            else
            {
                FigureJson.WriteAnswer(terminal.Out, judged, Write);
            }

            return judged.Verdict switch
            {
                ProbationVerdict.Proven => ExitCode.Yes,
                ProbationVerdict.Suspect => ExitCode.No,
                _ => ExitCode.NotKnown,
            };
        });
        return command;
    }

    private static async Task ReadAsync(string source, Terminal terminal, Judge judge, CancellationToken cancel)
    {
        var name = source == "-" ? "standard input" : source;
        try
        {
            await using var stream = source == "-" ? terminal.In : File.OpenRead(terminal.Resolve(source));
            await foreach (var (interval, stratum) in StrataFile.ReadAsync(stream, name, cancel))
            {
                judge.Add(interval, stratum);
            }
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new ProbationException(Fault.BadInput, $"'{source}' can't be read: {unreadable.Message}", unreadable);
        }
    }

    private static void Write(Terminal terminal, Judged judged)
    {
        terminal.WriteLine($"{Words.Of(judged.Verdict)}{(judged.Since is { } since ? $" since {Printable.Of(since)}" : "")}");
        terminal.WriteLine($"  harm      E {EvidenceFigure.Of(judged.Harm.LogE)}, highest {EvidenceFigure.Of(judged.Harm.HighestLogE)}, of {EvidenceFigure.Of(judged.HarmThreshold)} for suspect");
        terminal.WriteLine($"  no harm   E {EvidenceFigure.Of(judged.NoHarm.LogE)}, highest {EvidenceFigure.Of(judged.NoHarm.HighestLogE)}, of {EvidenceFigure.Of(judged.NoHarmThreshold)} for proven at an odds ratio of {Number(judged.Terms.Ratio)}");
        terminal.WriteLine($"  change    {Side(judged.Total.Change)}");
        terminal.WriteLine($"  baseline  {Side(judged.Total.Baseline)}");
        terminal.WriteLine($"  {Words.Count(judged.Intervals, "interval")}, {judged.Telling.ToString("N0", CultureInfo.InvariantCulture)} of them with failures while both sides ran{Estimate(judged.OddsRatio)}");
        if (judged.OddsRatio.Dispersion is > 2 and var scatter)
        {
            terminal.WriteLine($"  ! failures come in bursts ({Number(scatter)} times the scatter of independent calls): count bad windows of instances, not calls, or the answer means less than it says");
        }

        if (judged.Verdict == ProbationVerdict.Undecided)
        {
            Needed(terminal, judged, "proven, if it does no harm", judged.IfHarmless);
            Needed(terminal, judged, $"suspect, if its odds are {Number(judged.Terms.Ratio)} times the baseline's", judged.IfHarmful);
        }
    }

    private static void Needed(Terminal terminal, Judged judged, string what, FirstPassage? passage)
    {
        if (passage is not { } needed)
        {
            terminal.WriteLine($"  until {what}: not known, as one side has no calls");
            return;
        }

        var calls = judged.ChangeCalls(needed.Percentile90) is { } more ? string.Create(CultureInfo.InvariantCulture, $", about {more:N0} calls of the change at this rate and share") : "";
        terminal.WriteLine(needed.Percentile90 is { } most
            ? $"  until {what}: {(needed.Mean is { } mean ? string.Create(CultureInfo.InvariantCulture, $"{mean:N0} more episodes expected, ") : "")}9 times of 10 at most {most.ToString("N0", CultureInfo.InvariantCulture)}{calls}"
            : $"  until {what}: more than {FirstPassage.Furthest.ToString("N0", CultureInfo.InvariantCulture)} episodes");
    }

    private static void Write(Utf8JsonWriter json, Judged judged)
    {
        json.WriteString("verdict", Words.Of(judged.Verdict));
        json.WriteString("since", judged.Since);
        WriteProcess(json, "suspect", judged.Harm, judged.HarmThreshold);
        WriteProcess(json, "proven", judged.NoHarm, judged.NoHarmThreshold);
        json.WriteStartObject("stillNeeded");
        WriteNeeded(json, "proven", judged, judged.IfHarmless);
        WriteNeeded(json, "suspect", judged, judged.IfHarmful);
        json.WriteEndObject();
        json.WriteStartObject("terms");
        json.WriteNumber("ratio", judged.Terms.Ratio);
        json.WriteNumber("alpha", judged.Terms.Alpha);
        json.WriteEndObject();
        json.WriteStartObject("seen");
        json.WriteNumber("intervals", judged.Intervals);
        json.WriteNumber("telling", judged.Telling);
        json.WriteNumber("changeCalls", judged.Total.Change.Calls);
        json.WriteNumber("changeBad", judged.Total.Change.Bad);
        json.WriteNumber("baselineCalls", judged.Total.Baseline.Calls);
        json.WriteNumber("baselineBad", judged.Total.Baseline.Bad);
        json.WriteFigure("oddsRatio", judged.OddsRatio.Estimate is { } estimate && double.IsFinite(estimate) ? estimate : null);
        json.WriteFigure("dispersion", judged.OddsRatio.Dispersion);
        json.WriteEndObject();
    }

    private static void WriteProcess(Utf8JsonWriter json, string name, EProcess process, double threshold)
    {
        json.WriteStartObject(name);
        json.WriteFigure("logE", process.LogE);
        json.WriteFigure("highestLogE", process.HighestLogE);
        json.WriteFigure("threshold", threshold);
        json.WriteEndObject();
    }

    private static void WriteNeeded(Utf8JsonWriter json, string name, Judged judged, FirstPassage? passage)
    {
        if (passage is not { } needed)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        json.WriteFigure("episodesMean", needed.Mean);
        json.WriteFigure("episodes90", needed.Percentile90);
        json.WriteFigure("changeCalls90", judged.ChangeCalls(needed.Percentile90));
        json.WriteEndObject();
    }

    private static string Side(Tally tally) => tally.Calls == 0
        ? "no calls"
        : string.Create(CultureInfo.InvariantCulture, $"{tally.Bad:N0} bad of {tally.Calls:N0} calls ({(double)tally.Bad / tally.Calls:P3})");

    private static string Estimate(OddsRatio ratio) => ratio.Estimate is { } estimate
        ? double.IsInfinity(estimate) ? "; all failures are on the change" : $"; odds ratio about {Number(estimate)}"
        : "";

    private static string Number(double value) => value.ToString(value >= 100 ? "N0" : "0.###", CultureInfo.InvariantCulture);
}
