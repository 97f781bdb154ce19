using System.CommandLine;
using System.Text.Json;
using Airworthy.Journeys;
using Spectre.Console;

namespace Airworthy.Cli.Servers;

/// <summary>The option <c>--format text|json</c> of verbs whose JSON is the server's own answer.</summary>
internal sealed class AnswerFormat
{
    private const string Json = "json";

    private readonly Option<string> _format = new("--format")
    {
        Description = "How the answer is written: text or json.",
        HelpName = "text|json",
        DefaultValueFactory = _ => "text",
    };

    public AnswerFormat() => _format.AcceptOnlyFromAmong("text", Json);

    public void AddTo(Command command) => command.Options.Add(_format);

    /// <summary>Writes an answer as it was asked for.</summary>
    public async Task WriteAsync<T>(ParseResult parsed, Terminal terminal, T answer, Action<IAnsiConsole, T> write, CancellationToken cancel)
    {
        if (!string.Equals(parsed.GetValue(_format), Json, StringComparison.Ordinal))
        {
            write(terminal.Console, answer);
            return;
        }

        await JsonSerializer.SerializeAsync(terminal.Out, answer, AirworthyJson.Indented, cancel);
        terminal.Out.WriteByte((byte)'\n');
        await terminal.Out.FlushAsync(cancel);
    }
}
