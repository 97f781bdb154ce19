using System.Globalization;
using System.Text;

namespace Airworthy.Git;

/// <summary>One long-lived <c>git cat-file --batch</c>: objects by name, one at a time, safe to call from many threads.</summary>
internal sealed class ObjectReader(string directory) : IAsyncDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private GitProcess? _git;
    private ByteReader? _reader;

    /// <summary>The object a name leads to, with its full name and type; null when it leads to none. Bytes are null when it is longer than <paramref name="maxBytes"/>.</summary>
    public async Task<(string Name, string Type, byte[]? Bytes)?> ReadAsync(byte[] name, long maxBytes, CancellationToken cancel)
    {
        // The name is a line of the protocol: one that could break out of its line names no object.
        if (name.AsSpan().ContainsAny((byte)'\n', (byte)0))
        {
            return null;
        }

        await _turn.WaitAsync(cancel);
        try
        {
            return await AskAsync(name, maxBytes);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The process ended, as it does on a corrupt object: the next question starts a new one.
            var error = _git is null ? "" : (await _git.EndAsync(CancellationToken.None)).Error;
            await StopAsync();
            throw GitProcess.Failure($"the object '{GitText.Decode(name)}' can't be read", error, e);
        }
        finally
        {
            _turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _turn.Dispose();
    }

    // Not cancelled half-way: the answer of a question that was put must be read, or the next one would read it.
    private async Task<(string Name, string Type, byte[]? Bytes)?> AskAsync(byte[] name, long maxBytes)
    {
        _git ??= GitProcess.Start(directory, ["cat-file", "--batch"]);
        _reader ??= new ByteReader(_git.Output);
        await _git.Input.WriteAsync((byte[])[.. name, (byte)'\n'], CancellationToken.None);
        await _git.Input.FlushAsync(CancellationToken.None);

        var line = await _reader.ReadToAsync((byte)'\n', CancellationToken.None) ?? throw new EndOfStreamException();
        var header = Encoding.UTF8.GetString(line.Span).Split(' ');
        if (header.Length < 3 || header[^2] is not ("blob" or "commit" or "tree" or "tag")
            || !long.TryParse(header[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var size))
        {
            return null;
        }

        if (size > Math.Min(maxBytes, Array.MaxLength))
        {
            await _reader.SkipAsync(size + 1, CancellationToken.None);
            return (header[0], header[^2], null);
        }

        var bytes = await _reader.ReadExactlyAsync((int)size, CancellationToken.None);
        await _reader.SkipAsync(1, CancellationToken.None);
        return (header[0], header[^2], bytes);
    }

    private async Task StopAsync()
    {
        if (_git is not null)
        {
            await _git.DisposeAsync();
        }

        (_git, _reader) = (null, null);
    }
}
