using Spectre.Console;

namespace Airworthy.Cli;

/// <summary>What a verb reads from and writes to: the process's own streams, or a test's.</summary>
/// <param name="In">Standard input.</param>
/// <param name="Out">Standard output: answers only.</param>
/// <param name="Error">Standard error: progress, warnings and failures.</param>
/// <param name="Directory">The folder that relative paths start from.</param>
/// <param name="IsOutRedirected">True when answers are piped or in a test: no colour, no boxes, no progress.</param>
/// <param name="IsErrorRedirected">True when nobody watches the progress.</param>
internal sealed record Terminal(
    Stream In, Stream Out, TextWriter Error, string Directory, bool IsOutRedirected, bool IsErrorRedirected)
{
    private IAnsiConsole? _console;

    /// <summary>Answers for people, as plain text when piped.</summary>
    public IAnsiConsole Console => _console ??= Create(new StreamWriter(Out, leaveOpen: true) { AutoFlush = true }, IsOutRedirected);

    /// <summary>The terminal of this process.</summary>
    public static Terminal Process()
    {
        System.Console.OutputEncoding = new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        return new(
            System.Console.OpenStandardInput(),
            System.Console.OpenStandardOutput(),
            System.Console.Error,
            Environment.CurrentDirectory,
            System.Console.IsOutputRedirected,
            System.Console.IsErrorRedirected);
    }

    /// <summary>A path as the user gave it, made absolute.</summary>
    public string Resolve(string path) => Path.GetFullPath(path, Directory);

    /// <summary>A console without colour or boxes that writes into <paramref name="text"/>.</summary>
    public static IAnsiConsole PlainConsole(TextWriter text) => Create(text, plain: true);

    private static IAnsiConsole Create(TextWriter writer, bool plain)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = plain ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = plain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = plain ? InteractionSupport.No : InteractionSupport.Detect,
        });
        if (plain)
        {
            console.Profile.Width = 160;
        }

        return console;
    }
}
