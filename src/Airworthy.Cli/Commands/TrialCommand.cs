using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.RegularExpressions;
using Airworthy.Cli.Trials;
using Airworthy.Journeys;
using Airworthy.Journeys.Trials;
using Airworthy.Probes.Recordings;
using Airworthy.Trials;

namespace Airworthy.Cli.Commands;

/// <summary><c>airworthy trial</c>: runs a change against its base.</summary>
internal static partial class TrialCommand
{
    public static Command Create(Terminal terminal)
    {
        var repository = new RepositoryArgument();
        var from = new Option<string>("--base") { Description = "The revision the change is to land on.", HelpName = "REV", Required = true };
        var to = new Option<string>("--head") { Description = "The change.", HelpName = "REV", DefaultValueFactory = _ => "HEAD" };
        var project = new Option<string?>("--project") { Description = "Only projects whose path fits.", HelpName = "GLOB" };
        var unit = new Option<string?>("--unit") { Description = "Only members whose name holds this.", HelpName = "NAME" };
        var budget = new Option<string>("--budget") { Description = "How long running may take: 30s, 5m, 1h. Building comes on top.", HelpName = "TIME", DefaultValueFactory = _ => "60s" };
        var inputs = new Option<long?>("--inputs") { Description = "At most how many inputs each kind draws for each member, whatever time is left.", HelpName = "N" };
        var kinds = new Option<string>("--kinds") { Description = $"Which trials: {string.Join(',', TrialKinds.All)}.", HelpName = "LIST", DefaultValueFactory = _ => string.Join(',', TrialKinds.Default) };
        var schedule = new Option<string?>("--schedule") { Description = "Run this schedule of threads again, as a finding told it, and nothing else.", HelpName = "WORD" };
        var seed = new Option<ulong>("--seed") { Description = "What all chance comes from.", HelpName = "N", DefaultValueFactory = _ => 1 };
        var tests = new Option<string?>("--write-tests") { Description = "Write a test of each difference, proven to pass at the base and fail at the head.", HelpName = "DIR" };
        var recordings = new Option<string?>("--recordings") { Description = "Try first what production called: a folder of recordings, or one of its files.", HelpName = "DIR" };
        var evidence = new Option<string?>("--evidence") { Description = "Also write what was tried as evidence, for 'gate --evidence'.", HelpName = "FILE" };
        var mutants = new Option<string?>("--mutation-report") { Description = "Also write what became of mutants as mutation-testing-elements, for 'gate --mutation'; with --kinds mutation.", HelpName = "FILE" };
        var noTests = new Option<bool>("--no-tests") { Description = "With --kinds mutation: run no tests over mutants, only generated inputs." };
        var all = new Option<bool>("--all") { Description = "Show all differences, not the five worst." };
        var isUnsafe = new Option<bool>("--unsafe") { Description = "Run where code can't be kept apart: it may then do all that you may." };
        var format = new FormatOption("json", "markdown", "sarif");
        var programs = new ProgramTrialOptions();
        var command = new Command(
            "trial",
            """
            Run a change against its base, and show what nobody intended: both are built, each changed C# member is run on the same generated inputs, and the smallest input on
            which they differ is told, what was hardly meant first. Code runs in namespaces of its own: no network, nothing of yours can be written.

            With --run and --scenarios a program of any language is tried instead: each scenario runs on both, varied along the dimensions that it declares, and exit code, output and
            the files that are left are compared.

            With --kinds mutation the changed statements are written otherwise, and it is told which of that no test notices, with the test that would.

            With --kinds concurrency members of types that several threads share are called by two or three, under schedules that are chosen; --schedule runs one of them again. With --kinds
            scaling it is counted how what a call takes grows with its input.

            Exit code: 0 nothing differs on what was tried, 1 something does or a test is missing, 2 nothing that changed could be tried.
            """) { repository, from, to, project, unit, budget, inputs, kinds, schedule, seed, recordings, tests, evidence, mutants, noTests, all, isUnsafe, format }
            .WithExamples("airworthy trial --base main", "airworthy trial ../shop --base v1.1 --head topic --unit Refunds --budget 2m --write-tests trial-tests", "airworthy trial --base v3.4.2 --head v3.4.3 --build './configure && make' --run ./rsync --scenarios scenarios");
        programs.AddTo(command, ofCSharp: [project, unit, inputs, kinds, schedule, recordings, evidence, mutants, noTests]);
        budget.Validators.Add(result =>
        {
            if (Time(result.GetValueOrDefault<string>() ?? "") is null)
            {
                result.AddError("--budget takes a time from 1s to 24h, as 90s or 5m");
            }
        });
        inputs.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<long?>() is < 1)
            {
                result.AddError("--inputs takes a number from 1");
            }
        });
        kinds.Validators.Add(result =>
        {
            if (Kinds(result.GetValueOrDefault<string>() ?? "").FirstOrDefault(kind => !TrialKinds.All.Contains(kind, StringComparer.Ordinal)) is { } unknown)
            {
                result.AddError($"--kinds takes {string.Join(", ", TrialKinds.All)}; not '{unknown}'");
            }
        });
        command.Validators.Add(result =>
        {
            if (result.GetValue(mutants) is not null && !Kinds(result.GetValue(kinds) ?? "").Contains(TrialKinds.Mutation, StringComparer.Ordinal))
            {
                result.AddError("--mutation-report has nothing to write without --kinds mutation");
            }
        });
        schedule.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } word && ScheduleWord.Read(word) is null)
            {
                result.AddError("--schedule takes the word of a finding, which begins with 'c1.'");
            }
        });
        command.SetAction(async (parsed, cancel) =>
        {
            var recorded = parsed.GetValue(recordings) is { } named ? RecordingsFolder.Read(named, terminal) : new RecordingSet([], Unreadable: 0);
            await RecordingsFolder.TellUnreadableAsync(recorded, terminal);
            await using var git = await repository.OpenAsync(parsed, terminal, cancel);
            var question = new TrialQuestion(await git.ResolveAsync(parsed.GetRequiredValue(from), cancel), await git.ResolveAsync(parsed.GetValue(to)!, cancel))
            {
                Project = parsed.GetValue(project),
                Unit = parsed.GetValue(unit),
                Budget = Time(parsed.GetValue(budget)!)!.Value,
                MostInputs = parsed.GetValue(inputs) ?? long.MaxValue,
                Kinds = parsed.GetValue(schedule) is null ? Kinds(parsed.GetValue(kinds)!) : [TrialKinds.Concurrency],
                Schedule = parsed.GetValue(schedule),
                Jobs = programs.Workers(parsed),
                Seed = parsed.GetValue(seed),
                Recorded = RecordedInputs.Of(recorded),
                RunsTests = !parsed.GetValue(noTests),
                Tests = parsed.GetValue(tests) is { } folder ? terminal.Resolve(folder) : null,
                IsUnsafe = parsed.GetValue(isUnsafe),
            };
            if (programs.IsAsked(parsed.CommandResult))
            {
                return await programs.RunAsync(parsed, terminal, git, question, parsed.GetValue(format)!, parsed.GetValue(all), new Steps(terminal), cancel);
            }

            var report = await TrialJourney.RunAsync(git, question, new Steps(terminal), cancel);
            switch (parsed.GetValue(format))
            {
                case "json":
                    TrialJson.Write(report, terminal);
                    break;
                case "markdown":
                    TrialMarkdown.Write(report, terminal);
                    break;
                case "sarif":
                    TrialSarif.Write(report, terminal);
                    break;
                default:
                    TrialText.Write(report, terminal, parsed.GetValue(all));
                    break;
            }

            if (parsed.GetValue(evidence) is { } file)
            {
                await using var stream = new FileStream(terminal.Resolve(file), FileMode.Create, FileAccess.Write);
                EvidenceFile.Write(stream, TrialEvidence.Of(report));
            }

            if (parsed.GetValue(mutants) is { } mutationFile)
            {
                await using var stream = new FileStream(terminal.Resolve(mutationFile), FileMode.Create, FileAccess.Write);
                MutationElements.Write(stream, report.Mutation);
            }

            return report switch
            {
                { Worth.Length: > 0 } => ExitCode.No,
                { HasEvidence: true } => ExitCode.Yes,
                _ => ExitCode.NotKnown,
            };
        });
        return command;
    }

    private static ImmutableArray<string> Kinds(string list) => [.. list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];

    private static TimeSpan? Time(string text)
    {
        if (Duration().Match(text) is not { Success: true } match || !int.TryParse(match.Groups["n"].Value, CultureInfo.InvariantCulture, out var count))
        {
            return null;
        }

        var time = match.Groups["unit"].Value switch
        {
            "h" => TimeSpan.FromHours(count),
            "m" => TimeSpan.FromMinutes(count),
            _ => TimeSpan.FromSeconds(count),
        };
        return time >= TimeSpan.FromSeconds(1) && time <= TimeSpan.FromHours(24) ? time : null;
    }

    [GeneratedRegex("^(?<n>[0-9]{1,6})(?<unit>[smh]?)$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Duration();

    /// <summary>Tells on standard error what is being done, where a person watches: a build takes a while.</summary>
    private sealed class Steps(Terminal terminal) : IProgress<string>
    {
        public void Report(string value)
        {
            if (!terminal.IsErrorRedirected)
            {
                terminal.Error.WriteLine($"{value} …");
            }
        }
    }
}
