using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json;
using Airworthy.Git;
using Airworthy.Journeys;
using Airworthy.Journeys.Trials;
using Airworthy.Model;
using Airworthy.Trials.Programs;

namespace Airworthy.Cli.Trials;

/// <summary>The options by which <c>airworthy trial</c> runs a program of any language on scenarios.</summary>
internal sealed class ProgramTrialOptions
{
    /// <summary>What the short report shows.</summary>
    private const int MostShown = 5;

    private readonly Option<string?> _run = new("--run") { Description = "Try a program of any language: its command, from the top of a built revision.", HelpName = "CMD" };
    private readonly Option<string?> _build = new("--build") { Description = "With --run: the command that builds a revision at its top.", HelpName = "CMD" };
    private readonly Option<string?> _scenarios = new("--scenarios") { Description = "With --run: the folder of NAME.sh and NAME.args files.", HelpName = "DIR" };
    private readonly Option<int?> _jobs = new("--jobs") { Description = "Workers, or runs of a program, at once: 1 to 64. One for each processor unless it is given, and for C# at most 4.", HelpName = "N" };
    private readonly Option<double> _patience = new("--patience") { Description = "With --run: seconds that one run may take, 0.1 to 600.", HelpName = "N", DefaultValueFactory = _ => 10 };

    public ProgramTrialOptions()
    {
        _jobs.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is < 1 or > 64)
            {
                result.AddError("--jobs takes 1 to 64");
            }
        });
        _patience.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is not (>= 0.1 and <= 600))
            {
                result.AddError("--patience takes 0.1 to 600 seconds");
            }
        });
    }

    /// <summary>Adds them; what is <paramref name="ofCSharp"/> alone is refused where a program is to be tried.</summary>
    public void AddTo(Command command, Option[] ofCSharp)
    {
        command.Options.Add(_run);
        command.Options.Add(_build);
        command.Options.Add(_scenarios);
        command.Options.Add(_jobs);
        command.Options.Add(_patience);
        command.RefuseBeside(_run, ofCSharp);
        command.Validators.Add(result =>
        {
            if ((result.GetValue(_run) is null) != (result.GetValue(_scenarios) is null))
            {
                result.AddError("--run and --scenarios go together: the program's command, and the folder of what is run");
            }
            else if (result.GetValue(_build) is not null && result.GetValue(_run) is null)
            {
                result.AddError("--build goes with --run and --scenarios; C# is built by its own project");
            }
        });
    }

    /// <summary>How many workers try C# at once.</summary>
    public int Workers(ParseResult parsed) => parsed.GetValue(_jobs) ?? Math.Min(Environment.ProcessorCount, 4);

    /// <summary>True when a program is to be tried.</summary>
    public bool IsAsked(CommandResult asked) => asked.GetValue(_run) is not null;

    /// <summary>Tries it and writes the answer.</summary>
    public async Task<int> RunAsync(
        ParseResult parsed, Terminal terminal, GitRepository repository, TrialQuestion asked, string format, bool all, IProgress<string> progress, CancellationToken cancel)
    {
        var terms = new ProgramTerms(
            parsed.GetValue(_run)!, asked.Budget, TimeSpan.FromSeconds(parsed.GetValue(_patience)), unchecked((int)asked.Seed), parsed.GetValue(_jobs) ?? Math.Min(Environment.ProcessorCount, 64));
        var question = new ProgramTrialQuestion(
            asked.Base, asked.Head, parsed.GetValue(_build), terminal.Resolve(parsed.GetValue(_scenarios)!), terms, CacheFolder.Builds(), asked.Tests, asked.IsUnsafe);
        var report = await ProgramTrialJourney.RunAsync(repository, question, progress, cancel);
        switch (format)
        {
            case "json":
                await JsonSerializer.SerializeAsync(terminal.Out, ProgramTrialJson.Of(report), AirworthyJson.Indented, CancellationToken.None);
                terminal.WriteLine("");
                break;
            case "text":
                ProgramTrialText.Write(report, all ? int.MaxValue : MostShown, terminal.WriteLine);
                break;
            default:
                throw new Airworthy.Trials.TrialException(Fault.Usage, $"the trial of a program is told as text or json, not as {format}");
        }

        return report switch
        {
            { Findings.Length: > 0 } => ExitCode.No,
            { HasEvidence: true } => ExitCode.Yes,
            _ => ExitCode.NotKnown,
        };
    }
}
