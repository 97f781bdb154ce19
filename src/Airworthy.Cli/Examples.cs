using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Airworthy.Cli;

/// <summary>
/// Shows a verb's examples at the end of its own <c>--help</c>. A verb writes them into its description, after a line <c>Examples:</c>; in the
/// list of verbs only what stands before that line is shown.
/// </summary>
internal sealed class Examples
{
    private const string Heading = "Examples:";

    private readonly Dictionary<Command, string> _examples = [];

    /// <summary>Takes the examples out of the descriptions of <paramref name="command"/> and of all below it.</summary>
    public void TakeFrom(Command command)
    {
        if (command.Description?.IndexOf(Heading, StringComparison.Ordinal) is { } at and >= 0)
        {
            _examples[command] = command.Description[at..].TrimEnd();
            command.Description = command.Description[..at].TrimEnd();
        }

        foreach (var verb in command.Subcommands)
        {
            TakeFrom(verb);
        }
    }

    /// <summary>The option <c>--help</c>, of every verb.</summary>
    public HelpOption Option()
    {
        var option = new HelpOption { Recursive = true };
        option.Action = new HelpThenExamples((HelpAction)option.Action!, _examples);
        return option;
    }

    private sealed class HelpThenExamples(HelpAction help, Dictionary<Command, string> examples) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            help.Invoke(parseResult);
            if (examples.TryGetValue(parseResult.CommandResult.Command, out var text))
            {
                parseResult.InvocationConfiguration.Output.WriteLine(text);
            }

            return ExitCode.Yes;
        }
    }
}
