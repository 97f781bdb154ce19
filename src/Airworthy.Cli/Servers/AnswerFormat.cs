using System.CommandLine;
using System.Text.Json;
using Airworthy.Cli.Commands;
using Airworthy.Journeys;
using Spectre.Console;

namespace Airworthy.Cli.Servers;

/// <summary>The option <c>--format text|json</c> of verbs whose JSON is the server's own answer.</summary>
internal sealed class AnswerFormat
{
    private readonly FormatOption _format;

    /// <param name="others">Formats beside text and JSON, which the verb writes itself.</param>
    public AnswerFormat(params string[] others) => _format = new FormatOption(["json", .. others]);

    /// <summary>True when <paramref name="name"/> is asked for.</summary>
    public bool Is(ParseResult parsed, string name) => string.Equals(parsed.GetValue(_format), name, StringComparison.Ordinal);

    public void AddTo(Command command) => command.Options.Add(_format);

    /// <summary>Writes an answer as it was asked for.</summary>
    public async Task WriteAsync<T>(ParseResult parsed, Terminal terminal, T answer, Action<IAnsiConsole, T> write, CancellationToken cancel)
    {
        if (_format.IsText(parsed))
        {
            write(terminal.Console, answer);
            return;
        }

        await JsonSerializer.SerializeAsync(terminal.Out, answer, AirworthyJson.Indented, cancel);
        terminal.Out.WriteByte((byte)'\n');
        await terminal.Out.FlushAsync(cancel);
    }
}
