using System.Globalization;
using Airworthy.Journeys;

namespace Airworthy.Cli.Commands;

/// <summary>
/// One line on standard error that tells how far a long job is: only when a person watches, only after a second, and gone when the job ends.
/// </summary>
internal sealed class ProgressLine(Terminal terminal, TimeProvider clock) : IProgress<ScanStep>, IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_pace = TimeSpan.FromMilliseconds(100);

    private readonly long _begun = clock.GetTimestamp();
    private TimeSpan _shown;
    private int _width;

    public void Report(ScanStep value)
    {
        if (terminal.IsErrorRedirected)
        {
            return;
        }

        var elapsed = clock.GetElapsedTime(_begun);
        if (elapsed < s_patience || elapsed - _shown < s_pace)
        {
            return;
        }

        _shown = elapsed;
        var of = value.Total is { } total ? string.Create(CultureInfo.InvariantCulture, $" of {total:N0}") : "";
        var line = string.Create(CultureInfo.InvariantCulture, $"{value.Doing} {value.Done:N0}{of}");
        terminal.Error.Write($"\r{line.PadRight(_width)}");
        _width = line.Length;
    }

    public async ValueTask DisposeAsync()
    {
        if (_width > 0)
        {
            await terminal.Error.WriteAsync($"\r{new string(' ', _width)}\r");
        }
    }
}
