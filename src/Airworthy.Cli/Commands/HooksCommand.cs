using System.Collections.Immutable;
using System.CommandLine;
using Airworthy.Cli.Servers;
using Airworthy.Git;
using Airworthy.Provenance.Hooks;
using Spectre.Console;

namespace Airworthy.Cli.Commands;

/// <summary><c>airworthy hooks</c>: git hooks that keep authorship through rewritten history.</summary>
internal static class HooksCommand
{
    public static Command Create(Terminal terminal) => new("hooks", "Keep authorship through amend, rebase, cherry-pick and squash on this machine.")
    {
        Verb(
            terminal,
            "install",
            """
            Install git hooks that carry the record of who wrote which line to rewritten commits. Hooks that are there are kept and run first.

            Examples:
              airworthy hooks install
              airworthy hooks install ../shop
            """,
            hooks => hooks.Install(),
            _ => true),
        Verb(
            terminal,
            "uninstall",
            """
            Take Airworthy's git hooks away and put back those that were there before.

            Examples:
              airworthy hooks uninstall
            """,
            hooks => hooks.Uninstall(),
            _ => true),
        Verb(
            terminal,
            "status",
            """
            Tell whether the git hooks are installed. Ends with 1 when one is missing.

            Examples:
              airworthy hooks status
              airworthy hooks status --format json
            """,
            hooks => hooks.Look(),
            hooks => hooks.All(hook => hook.State == HookState.Installed)),
    };

    private static Command Verb(
        Terminal terminal, string name, string description, Func<HookSet, ImmutableArray<InstalledHook>> act, Predicate<ImmutableArray<InstalledHook>> isYes)
    {
        var repository = new RepositoryArgument();
        var format = new AnswerFormat();
        var command = new Command(name, description) { repository };
        format.AddTo(command);
        command.SetAction(async (parsed, cancel) =>
        {
            await using var git = await repository.OpenAsync(parsed, terminal, cancel);
            var set = new HookSet(await HookFolder.FindAsync(git, cancel));
            var hooks = act(set);
            var onPath = IsOnPath();
            await format.WriteAsync(
                parsed, terminal, new { set.Folder, AirworthyOnPath = onPath, Hooks = hooks }, (console, _) => Write(console, set.Folder, hooks), cancel);
            if (!onPath && hooks.Any(hook => hook.State == HookState.Installed))
            {
                await terminal.Error.WriteLineAsync("airworthy: warning: there is no 'airworthy' on PATH, so the hooks do nothing; put it there");
            }

            return isYes(hooks) ? ExitCode.Yes : ExitCode.No;
        });
        return command;
    }

    private static void Write(IAnsiConsole console, string folder, ImmutableArray<InstalledHook> hooks)
    {
        console.WriteLine(Printable.Of(folder));
        foreach (var hook in hooks)
        {
            var state = hook.State switch
            {
                HookState.Installed => "installed",
                HookState.Outdated => "of another version; install again",
                HookState.Replaced => "replaced by another tool's; install again",
                _ => "not installed",
            };
            console.WriteLine($"  {hook.Name,-18}  {state}{(hook.Chains ? ", runs the hook that was there before first" : "")}");
        }
    }

    private static bool IsOnPath() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Any(folder => folder.Length > 0 && (File.Exists(Path.Combine(folder, "airworthy")) || File.Exists(Path.Combine(folder, "airworthy.exe"))));
}
