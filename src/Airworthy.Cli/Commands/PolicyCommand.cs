using System.CommandLine;
using Airworthy.Journeys;
using Airworthy.Model;
using Airworthy.Policies;

namespace Airworthy.Cli.Commands;

/// <summary><c>airworthy policy</c>: checks and explains a policy.</summary>
internal static class PolicyCommand
{
    public static Command Create(Terminal terminal) => new("policy", "Check and explain what a repository asks of its changes.")
    {
        Check(terminal),
        Explain(terminal),
        Schema(terminal),
    };

    private static Command Check(Terminal terminal)
    {
        var file = new Argument<string>("FILE") { Description = "The policy. Default: airworthy.yml.", DefaultValueFactory = _ => Policy.FileName.Value };
        var command = new Command(
            "check",
            """
            Read a policy and say what is wrong with it, with line and column.

            Examples:
              airworthy policy check
              airworthy policy check ../shop/airworthy.yml
            """)
        {
            file,
        };
        command.SetAction(parsed =>
        {
            var name = parsed.GetValue(file)!;
            PolicyText.WriteChecked(name, Read(terminal, name), TimeProvider.System.GetUtcNow(), terminal);
            return ExitCode.Yes;
        });
        return command;
    }

    private static Command Explain(Terminal terminal)
    {
        var what = new Argument<string>("RULE|PATH") { Description = "A rule's name as verdicts call it, or a path of the repository." };
        var file = new Option<string>("--file") { Description = "The policy.", HelpName = "FILE", DefaultValueFactory = _ => Policy.FileName.Value };
        var command = new Command(
            "explain",
            """
            Tell what a rule asks, or what is asked of a path.

            Examples:
              airworthy policy explain evidence/covered
              airworthy policy explain src/Payments/Refunds.cs
            """)
        {
            what, file,
        };
        command.SetAction(parsed =>
        {
            var policy = Read(terminal, parsed.GetValue(file)!);
            var asked = parsed.GetValue(what)!;
            var now = TimeProvider.System.GetUtcNow();
            if (policy.RuleIds.Contains(asked, StringComparer.Ordinal))
            {
                PolicyText.WriteRule(policy, asked, now, terminal);
            }
            else if (asked.StartsWith("evidence/", StringComparison.Ordinal) || asked.StartsWith("deny/", StringComparison.Ordinal) || asked.StartsWith("agents/", StringComparison.Ordinal))
            {
                throw new GateException(Fault.BadInput, $"the policy has no rule '{GatesPlain(asked)}'; it has {string.Join(", ", policy.RuleIds.DefaultIfEmpty("none"))}");
            }
            else
            {
                PolicyText.WritePath(policy, new RepoPath(asked.Replace('\\', '/').TrimStart('/')), now, terminal);
            }

            return ExitCode.Yes;
        });
        return command;
    }

    private static Command Schema(Terminal terminal)
    {
        var command = new Command(
            "schema",
            """
            Print the JSON Schema of a policy, by which editors complete and check it.

            Examples:
              airworthy policy schema > airworthy.schema.json
            """);
        command.SetAction(_ => terminal.WriteLine(PolicySchema.Text));
        return command;
    }

    private static string GatesPlain(string text) => Gates.GateWords.Plain(text);

    private static Policy Read(Terminal terminal, string name)
    {
        var path = terminal.Resolve(name);
        return File.Exists(path) ? PolicyReader.Read(File.ReadAllBytes(path), name)
            : throw new GateException(Fault.BadInput, $"there is no {GatesPlain(name)}; without one the default policy holds, and 'airworthy init' writes a first one");
    }
}
