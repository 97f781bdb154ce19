using Microsoft.Win32.SafeHandles;
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
            StandardOutput(),
            System.Console.Error,
            Environment.CurrentDirectory,
            System.Console.IsOutputRedirected,
            System.Console.IsErrorRedirected);
    }

    /// <summary>Writes one line as it is: never wrapped, no markup read in it.</summary>
    public void WriteLine(string text) => Console.Profile.Out.Writer.WriteLine(text);

    /// <summary>Writes words that name a state, in its colour where colours show.</summary>
    public void Write(string text, Color colour) => Console.Write(new Text(text, new Style(colour)));

    /// <summary>The same, with answers written as plain text into <paramref name="stream"/>.</summary>
    public Terminal Into(Stream stream) => new(In, stream, Error, Directory, IsOutRedirected: true, IsErrorRedirected);

    /// <summary>A path as the user gave it, made absolute.</summary>
    public string Resolve(string path) => Path.GetFullPath(path, Directory);

    /// <summary>A console without colour or boxes that writes into <paramref name="text"/>.</summary>
    public static IAnsiConsole PlainConsole(TextWriter text) => Create(text, plain: true);

    /// <summary>
    /// .NET's own stream drops what a closed pipe can't take, so a verb would work on for nobody; a file stream tells. Into a file .NET's own
    /// is the right one: a file stream keeps a position of its own, and would write over what another process wrote to the same file.
    /// </summary>
    private static Stream StandardOutput()
    {
        var standard = System.Console.OpenStandardOutput();
        if (OperatingSystem.IsWindows())
        {
            return standard;
        }

        var stream = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        return stream.CanSeek ? standard : stream;
    }

    private static IAnsiConsole Create(TextWriter writer, bool plain)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = plain ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = plain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = plain ? InteractionSupport.No : InteractionSupport.Detect,
            // The enrichers know CI services by their variables and would switch colour on again, in a file too.
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = !plain },
        });
        if (plain)
        {
            console.Profile.Width = 160;
        }

        return console;
    }
}
