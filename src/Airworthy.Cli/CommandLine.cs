using System.CommandLine;
using Airworthy.Cli.Commands;
using Airworthy.Model;

namespace Airworthy.Cli;

/// <summary>Runs one command line: parses it, runs the verb, and turns every failure into one sentence and an exit code.</summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(string[] args, Terminal terminal)
    {
        var root = new RootCommand("Airworthy: AI-written code is experimental until production data proves it safe.");
        foreach (var verb in Verbs.All(terminal))
        {
            root.Subcommands.Add(verb);
        }

        var parsed = root.Parse(args, new ParserConfiguration { EnablePosixBundling = true });
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                await terminal.Error.WriteLineAsync($"airworthy: {error.Message}");
            }

            var help = parsed.CommandResult.Command is RootCommand ? "airworthy --help" : $"airworthy {parsed.CommandResult.Command.Name} --help";
            await terminal.Error.WriteLineAsync($"see '{help}'");
            return ExitCode.Usage;
        }

        using var interrupted = new CancellationTokenSource();
        ConsoleCancelEventHandler onCancel = (_, e) =>
        {
            e.Cancel = true;
            interrupted.Cancel();
        };
        Console.CancelKeyPress += onCancel;
        try
        {
            await using var output = new StreamWriter(terminal.Out, leaveOpen: true);
            return await parsed.InvokeAsync(
                new InvocationConfiguration
                {
                    EnableDefaultExceptionHandler = false,
                    Output = output,
                    Error = terminal.Error,
                },
                interrupted.Token);
        }
        catch (FaultException fault)
        {
            await terminal.Error.WriteLineAsync($"airworthy: {fault.Message}");
            return (int)fault.Fault;
        }
        catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
        catch (IOException broken) when (IsClosedPipe(broken))
        {
            // The reader of a pipe went away (`| head`): there is nobody left to tell.
            return ExitCode.Yes;
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
        finally
        {
            Console.CancelKeyPress -= onCancel;
        }
    }

    private static bool IsClosedPipe(IOException e) => e.HResult == 32 || e.InnerException is System.Net.Sockets.SocketException { NativeErrorCode: 32 };
}
