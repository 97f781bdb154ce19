using System.Buffers;
using System.Text.Json;

namespace Airworthy.Cli.Commands;

/// <summary>Writes one JSON object a line, to a stream that stays open. Lines are gathered into larger writes; dispose it to write the last.</summary>
internal sealed class JsonLines(Stream output) : IAsyncDisposable
{
    private const int Gathered = 1 << 16;

    private readonly ArrayBufferWriter<byte> _lines = new(Gathered);

    public async ValueTask WriteAsync<T>(T item, Action<Utf8JsonWriter, T> write, CancellationToken cancel)
    {
        using (var json = new Utf8JsonWriter(_lines, ProvenanceJson.Line))
        {
            write(json, item);
        }

        _lines.Write("\n"u8);
        if (_lines.WrittenCount >= Gathered)
        {
            await FlushAsync(cancel);
        }
    }

    public async ValueTask DisposeAsync() => await FlushAsync(CancellationToken.None);

    private async ValueTask FlushAsync(CancellationToken cancel)
    {
        await output.WriteAsync(_lines.WrittenMemory, cancel);
        await output.FlushAsync(cancel);
        _lines.ResetWrittenCount();
    }
}
