using System.CommandLine;
using Airworthy.Cli.Servers;
using Airworthy.Journeys;
using Airworthy.Model;
using Airworthy.Provenance.Carrying;
using Spectre.Console;

namespace Airworthy.Cli.Commands;

/// <summary><c>airworthy provenance</c>: carries who wrote which line to commits that took others' place.</summary>
internal static class ProvenanceCommand
{
    public static Command Create(Terminal terminal) =>
        new("provenance", "Carry authorship over rewritten history.") { Carry(terminal), Rewritten(terminal) };

    private static Command Carry(Terminal terminal)
    {
        var repository = new RepositoryArgument();
        var request = new Option<int?>("--pull-request") { Description = "The pull or merge request whose fetched head is carried.", HelpName = "N" };
        var from = new Option<string?>("--from") { Description = "The commits of the branch.", HelpName = "A..B" };
        var to = new Option<string?>("--to") { Description = "The commit that landed them; a range for the commits of a rebase.", HelpName = "REV|A..B" };
        var format = new AnswerFormat();
        var command = new Command(
            "carry",
            """
            Carry notes over a squash or rebase that a server made: lines are found again by content and order. Ends with 0 when anything was
            carried or nothing was missing, 1 when what landed is not the branch's, 2 when nothing is recorded of the branch.

            Examples:
              airworthy provenance carry --pull-request 42
              airworthy provenance carry --from main..topic --to 8f8cefa420de
              airworthy provenance carry --from main~2..topic --to main~2..main --format json
            """) { repository, request, from, to };
        format.AddTo(command);
        command.SetAction(async (parsed, cancel) =>
        {
            await using var git = await repository.OpenAsync(parsed, terminal, cancel);
            var landed = parsed.GetValue(to);
            var carry = (parsed.GetValue(request), parsed.GetValue(from)) switch
            {
                ({ } number, null) => await ProvenanceCarry.OfPullRequestAsync(git, number, landed, TimeProvider.System, cancel),
                (null, { } range) when landed is not null => await ProvenanceCarry.OfRangeAsync(git, range, landed, TimeProvider.System, cancel),
                _ => throw new CarryException(Fault.Usage, "it is not said what to carry; give --pull-request N, or --from A..B and --to REV"),
            };
            await format.WriteAsync(parsed, terminal, Json(carry), (console, _) => Write(console, carry), cancel);
            return carry switch
            {
                null => ExitCode.Yes,
                { Attested: 0 } => ExitCode.NotKnown,
                { Carried: 0, Known: 0, Foreign.IsEmpty: false } => ExitCode.No,
                _ => ExitCode.Yes,
            };
        });
        return command;
    }

    private static Command Rewritten(Terminal terminal)
    {
        var repository = new RepositoryArgument();
        var command = new Command(
            "rewritten",
            """
            Carry notes over commits that were rewritten on this machine. Reads lines 'OLD NEW' from standard input, as git gives them to its
            post-rewrite hook; the hooks of 'airworthy hooks install' run it.

            Examples:
              echo "$before $after" | airworthy provenance rewritten
            """) { repository };
        command.SetAction(async (parsed, cancel) =>
        {
            await using var git = await repository.OpenAsync(parsed, terminal, cancel);
            using var lines = new StreamReader(terminal.In, leaveOpen: true);
            foreach (var carried in await Rewrite.CarryAsync(git, Rewrite.Read(lines), TimeProvider.System, cancel))
            {
                terminal.WriteLine($"{carried.Commit.Short}: carried {Words.Count(carried.Carried, "line")}");
            }

            return ExitCode.Yes;
        });
        return command;
    }

    private static object Json(LandedCarry? carry) => new
    {
        MergedAsItWas = carry is null,
        Attested = carry?.Attested ?? 0,
        Carried = carry?.Carried ?? 0,
        Known = carry?.Known ?? 0,
        RewrittenInBranch = carry?.RewrittenInBranch ?? 0,
        From = carry?.From.Select(commit => commit.Hex) ?? [],
        To = carry?.To.Select(commit => new
        {
            Sha = commit.Commit.Hex,
            commit.IsOfThem,
            commit.Added,
            commit.Ai,
            commit.Human,
            commit.Known,
        }) ?? [],
    };

    private static void Write(IAnsiConsole console, LandedCarry? carry)
    {
        if (carry is null)
        {
            console.WriteLine("merged as it was: its commits and their notes are in the history, nothing is to be carried");
            return;
        }

        if (carry.Attested == 0)
        {
            console.WriteLine($"nothing is recorded of who wrote {Words.Count(carry.From.Length, "commit")} of the branch; fetch their notes with 'git fetch origin refs/notes/ai:refs/notes/ai'");
            return;
        }

        var known = carry.Known > 0 ? $", {carry.Known} known there before" : "";
        console.WriteLine($"carried {carry.Carried} of {Words.Count(carry.Attested, "recorded line")} from {Words.Count(carry.From.Length, "commit")}{known}");
        foreach (var commit in carry.To)
        {
            console.WriteLine(commit.IsOfThem
                ? $"  {commit.Commit.Short}  {Words.Count(commit.Ai, "line")} ai, {commit.Human} human, of {commit.Added} added"
                : $"  {commit.Commit.Short}  refused: of {Words.Count(commit.Added, "line")} it added only {commit.Found} are the branch's, so it is another change");
        }

        if (carry.RewrittenInBranch > 0)
        {
            console.WriteLine($"  {Words.Count(carry.RewrittenInBranch, "recorded line")} more, rewritten within the branch");
        }
    }
}
