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
        if (parsed.Errors.Count > 0)
        {
            await TellUsageAsync(parsed, terminal.Error);
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
        var help = Examples.Option();
        help.Recursive = true;
        root.Options.Add(help);
        root.Options.Add(new VersionOption());
        foreach (var verb in Verbs.All(terminal))
        {
            root.Subcommands.Add(verb);
        }

        return root;
    }

    private static async Task TellUsageAsync(ParseResult parsed, TextWriter error)
    {
        foreach (var wrong in parsed.Errors)
        {
            await error.WriteLineAsync($"airworthy: {wrong.Message}");
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
