using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Airworthy.Testing;

/// <summary>A forge's API on a port of this machine: answers each request line with what the test says, and remembers what it was asked.</summary>
public sealed class ForgeStub : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, port: 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<string, string?> _answer;
    private readonly Task _serving;

    /// <param name="answer">From the path and query asked for to the whole answer, head and body; null keeps the client waiting.</param>
    public ForgeStub(Func<string, string?> answer)
    {
        _answer = answer;
        _listener.Start();
        _serving = ServeAsync();
    }

    /// <summary>Where it listens.</summary>
    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    /// <summary>The heads of the requests it got.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>An answer that carries JSON.</summary>
    public static string Json(string json) => Answer("200 OK", json);

    /// <summary>An answer of any status.</summary>
    public static string Answer(string status, string body, string headers = "") =>
        $"HTTP/1.1 {status}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n{headers}Connection: close\r\n\r\n{body}";

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _serving;
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        var waiting = new List<TcpClient>();
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                waiting.Add(client);
                await ServeAsync(client);
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or InvalidOperationException)
        {
            waiting.ForEach(client => client.Dispose());
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        var stream = client.GetStream();
        using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
        var head = new StringBuilder();
        while (await reader.ReadLineAsync(_stop.Token) is { Length: > 0 } line)
        {
            head.Append(line).Append('\n');
        }

        Asked.Enqueue(head.ToString());
        if (_answer(head.ToString().Split(' ')[1]) is { } answer)
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes(answer), _stop.Token);
            client.Close();
        }
    }
}
