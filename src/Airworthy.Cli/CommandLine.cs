using System.CommandLine;
using System.CommandLine.Parsing;
using System.Runtime.InteropServices;
using Airworthy.Cli.Commands;
using Airworthy.Model;

namespace Airworthy.Cli;

/// <summary>Runs one command line: parses it, runs the verb, and turns every failure into one sentence and an exit code.</summary>
internal static class CommandLine
{
    private const int ClosedPipe = 32;

    public static async Task<int> RunAsync(string[] args, Terminal terminal)
    {
        var parsed = Root(terminal).Parse(args, new ParserConfiguration { EnablePosixBundling = true });
        string[] wrong = [.. parsed.Errors.Select(error => error.Message), .. UnknownOptions(parsed)];
        if (wrong.Length > 0)
        {
            await TellUsageAsync(parsed, wrong, terminal.Error);
            return ExitCode.Usage;
        }

        using var stop = new CancellationTokenSource();
        using var interrupt = StopOn(PosixSignal.SIGINT, stop);
        using var terminate = StopOn(PosixSignal.SIGTERM, stop);
        try
        {
            await using var output = new StreamWriter(terminal.Out, leaveOpen: true);
            return await parsed.InvokeAsync(
                new InvocationConfiguration
                {
                    EnableDefaultExceptionHandler = false,
                    ProcessTerminationTimeout = null,
                    Output = output,
                    Error = terminal.Error,
                },
                stop.Token);
        }
        catch (FaultException fault)
        {
            await terminal.Error.WriteLineAsync($"airworthy: {fault.Message}");
            return (int)fault.Fault;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
        catch (IOException closed) when (closed.HResult == ClosedPipe)
        {
            // The reader of a pipe went away (`| head`): there is nobody left to tell.
            return ExitCode.ClosedPipe;
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            await terminal.Error.WriteLineAsync($"airworthy: reading or writing failed: {failed.Message}");
            return ExitCode.Unavailable;
        }
#pragma warning disable CA1031 // The edge of the process: a defect is told, never thrown at the user.
        catch (Exception defect)
        {
            await terminal.Error.WriteLineAsync(
                $"airworthy: a defect of Airworthy, please report it: {defect.GetType().Name}: {defect.Message}");
            await terminal.Error.WriteLineAsync(defect.StackTrace);
            return ExitCode.Internal;
        }
#pragma warning restore CA1031
    }

    /// <summary>The command <c>airworthy</c>, by that name whatever file it was started from.</summary>
    public static Command Root(Terminal terminal)
    {
        var root = new Command("airworthy", "AI-written code is experimental until production data proves it safe.");
        foreach (var verb in Verbs.All(terminal))
        {
            root.Subcommands.Add(verb);
        }

        var examples = new Examples();
        examples.TakeFrom(root);
        root.Options.Add(examples.Option());
        root.Options.Add(new VersionOption());
        return root;
    }

    /// <summary>A mistyped option would be taken as a path or a repository; what starts with a dash is one only behind <c>--</c>.</summary>
    private static IEnumerable<string> UnknownOptions(ParseResult parsed)
    {
        var before = parsed.Tokens.TakeWhile(token => token.Type != TokenType.DoubleDash).ToHashSet(ReferenceEqualityComparer.Instance);
        return parsed.CommandResult.Children
            .OfType<ArgumentResult>()
            .SelectMany(argument => argument.Tokens)
            .Where(token => token.Value is ['-', _, ..] && before.Contains(token))
            .Select(token => $"Unrecognized option '{token.Value}'; a path that starts with a dash goes behind '--'.");
    }

    private static async Task TellUsageAsync(ParseResult parsed, string[] wrong, TextWriter error)
    {
        foreach (var message in wrong)
        {
            await error.WriteLineAsync($"airworthy: {message}");
        }

        var words = new Stack<string>();
        for (SymbolResult? result = parsed.CommandResult; result is CommandResult command; result = result.Parent)
        {
            words.Push(command.Command.Name);
        }

        await error.WriteLineAsync($"see '{string.Join(' ', words)} --help'");
    }

    /// <summary>The first signal asks the verb to stop; a second one ends the process as if nothing had been registered.</summary>
    private static PosixSignalRegistration StopOn(PosixSignal signal, CancellationTokenSource stop) =>
        PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = !stop.IsCancellationRequested;
            stop.Cancel();
        });
}
