using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Airworthy.Cli.Servers;
using Airworthy.Git;
using Airworthy.Incidents.Bisecting;
using Airworthy.Journeys.Intake;
using Airworthy.Model;
using Spectre.Console;

namespace Airworthy.Cli.Commands;

/// <summary><c>airworthy bisect</c>: from which commit on a command fails, by running it.</summary>
internal static class BisectCommand
{
    private const int MostJobs = 64;
    private const int MostRepeat = 1000;

    public static Command Create(Terminal terminal)
    {
        // The parser fills arguments in order, and what stands behind -- is the command's alone: so both are one list, parted by hand.
        var words = new Argument<string[]>("REPO -- CMD") { Description = "A git repository (default: the current folder), then the command that fails.", Arity = ArgumentArity.OneOrMore };
        var good = new Option<string>("--good") { Description = "A revision at which the command succeeds.", HelpName = "REV", Required = true };
        var bad = new Option<string>("--bad") { Description = "A revision at which it fails.", HelpName = "REV", Required = true };
        var jobs = Number("--jobs", "Revisions tested at once.", Math.Min(4, Environment.ProcessorCount), MostJobs);
        var repeat = Number("--repeat", "More than 1: the command fails only sometimes; run it so often at both ends to learn how often.", 1, MostRepeat);
        var build = new Option<string?>("--build") { Description = "What to run before it at each revision, as words, without a shell.", HelpName = "CMD" };
        var timeout = Number("--timeout", "Seconds one run or build may take; what takes longer can't be tested.", 600, 86400);
        var restart = new Option<bool>("--restart") { Description = "Forget what an earlier start of the same bisection found." };
        var incident = new Option<string?>("--incident") { Description = "The incident to keep the proof with, on the server.", HelpName = "ID" };
        var server = new ServerOption();
        var format = new AnswerFormat();
        var command = new Command(
            "bisect",
            """
            Find the commit from which on a command fails, by running it in checkouts of the revisions between, several at once. The command's exit code tells:
            0 good, 125 this revision can't be tested, anything else bad. The same command line goes on where it was stopped.

            Exit code: 0 found, 2 revisions that can't be tested hide it.
            """) { words, good, bad, jobs, repeat, build, timeout, restart, incident }
            .WithExamples(
                "airworthy bisect --good v1.4.0 --bad v1.5.0 --build 'dotnet build -v quiet' -- dotnet test --no-build --filter Refunds",
                "airworthy bisect ../shop --good v1.4.0 --bad HEAD --jobs 8 --repeat 10 -- /home/ada/flaky.sh",
                "airworthy bisect --good v1.4.0 --bad v1.5.0 --incident i8358caa608bc -- ./repro.sh");
        server.AddTo(command);
        format.AddTo(command);
        command.SetAction(async (parsed, cancel) =>
        {
            var (repository, argv) = Parts(parsed, parsed.GetValue(words)!);
            await using var git = await GitRepository.OpenAsync(terminal.Resolve(repository), cancel);
            var query = new BisectQuery(
                await git.ResolveAsync(parsed.GetRequiredValue(good), cancel),
                await git.ResolveAsync(parsed.GetRequiredValue(bad), cancel),
                argv,
                [.. CommandLineParser.SplitCommandLine(parsed.GetValue(build) ?? "")],
                parsed.GetValue(jobs),
                parsed.GetValue(repeat),
                TimeSpan.FromSeconds(parsed.GetValue(timeout)),
                WorkFolder: "",
                terminal.Directory);
            query = query with { WorkFolder = Folder(git, query) };
            if (parsed.GetValue(restart) && Directory.Exists(query.WorkFolder))
            {
                Directory.Delete(query.WorkFolder, recursive: true);
            }

            var report = await Bisection.RunAsync(git, query, new Steps(terminal), cancel);
            var subject = report.FirstBad is { } first ? (await git.CommitAsync(first, cancel)).Subject : "";
            await format.WriteAsync(parsed, terminal, BisectAnswer.Of(report, subject), (console, _) => Write(console, report, subject), cancel);
            if (report.FirstBad is { } found && parsed.GetValue(incident) is { } id)
            {
                using var client = server.Open(parsed, terminal);
                await client.ProveAsync(id, new ProofRequest(found.Hex, report.Good.Hex, report.Bad.Hex, string.Join(' ', argv), report.Tested, report.Runs, report.Error), cancel);
                await terminal.Error.WriteLineAsync($"the proof is kept with incident {id}");
            }

            return report.FirstBad is null ? ExitCode.NotKnown : ExitCode.Yes;
        });
        return command;
    }

    private static Option<int> Number(string name, string description, int normal, int most)
    {
        var option = new Option<int>(name) { Description = description, HelpName = "N", DefaultValueFactory = _ => normal };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is var value && (value < 1 || value > most))
            {
                result.AddError($"{name} takes 1 to {most.ToString(CultureInfo.InvariantCulture)}");
            }
        });
        return option;
    }

    /// <summary>The repository before <c>--</c>, the command behind it.</summary>
    private static (string Repository, ImmutableArray<string> Command) Parts(ParseResult parsed, string[] words)
    {
        var behind = parsed.Tokens.SkipWhile(token => token.Type != TokenType.DoubleDash).Skip(1).Count();
        var before = words[..^Math.Min(behind, words.Length)];
        return behind == 0
            ? throw new BisectException(Fault.Usage, "the command is missing: write it behind --, as in 'airworthy bisect --good A --bad B -- ./repro.sh'")
            : before.Length > 1
                ? throw new BisectException(Fault.Usage, $"'{before[1]}' stands before --: only the repository does; the command goes behind it")
                : (before.Length == 1 ? before[0] : ".", [.. words[^behind..]]);
    }

    /// <summary>The same question finds its own folder again.</summary>
    private static string Folder(GitRepository git, BisectQuery query)
    {
        var question = string.Join('\0', [git.Directory, query.Good.Hex, query.Bad.Hex, query.From, .. query.Command, "\u0001", .. query.Build]);
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(question)))[..24];
        return Path.Combine(CacheFolder.Bisections() ?? Path.Combine(Path.GetTempPath(), $"airworthy-bisect-{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}"), name);
    }

    private static void Write(IAnsiConsole console, BisectReport report, string subject)
    {
        var ends = $"{report.Good.Short}..{report.Bad.Short}";
        if (report.FirstBad is { } first)
        {
            Line(console, $"FIRST BAD  {first.Short}  \"{subject}\"");
            if (report.IsMerge)
            {
                Line(console, "  a merge: each branch that it joins is good by itself, together they fail");
            }
        }
        else
        {
            Line(console, $"NOT FOUND  one of {Words.Count(report.Possible.Length, "commit")}, the others of which can't be tested:");
            Line(console, $"  {string.Join(' ', report.Possible.Take(20).Select(commit => commit.Short))}{(report.Possible.Length > 20 ? " …" : "")}");
        }

        var skipped = report.Skipped > 0 ? $", {report.Skipped} can't be tested" : "";
        var resumed = report.Resumed > 0 ? $" ({report.Resumed} of an earlier start)" : "";
        Line(console, $"  {Words.Count(report.Candidates, "commit")} in {ends}: {report.Tested} tested{skipped}, {Words.Count(report.Runs, "run")}{resumed}");
        if (report is { FailsAtGood: { } low, FailsAtBad: { } high })
        {
            Line(console, string.Create(
                CultureInfo.InvariantCulture,
                $"  flaky: failed in {high.Failed} of {high.Runs} runs at bad, {low.Failed} of {low.Runs} at good; if it fails so often elsewhere, the answer is wrong in at most {report.Error * 100:0.#} %"));
        }

        foreach (var line in (report.Output ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries).TakeLast(5))
        {
            Line(console, $"  | {line.TrimEnd()}");
        }
    }

    private static void Line(IAnsiConsole console, string text) => console.Profile.Out.Writer.WriteLine(Printable.Of(text));

    private sealed class Steps(Terminal terminal) : IProgress<string>
    {
        public void Report(string value)
        {
            if (!terminal.IsErrorRedirected)
            {
                terminal.Error.WriteLine(value);
            }
        }
    }
}
