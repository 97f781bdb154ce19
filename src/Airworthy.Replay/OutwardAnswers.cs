using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Airworthy.Replay;

/// <summary>
/// Answers the calls that replayed code makes over HTTP from what was recorded, so that none of them leaves this machine: a request is turned to a listener
/// within the process, which gives the recorded answer. One that has none fails before it is sent. Calls that no replay makes are left alone.
/// </summary>
internal sealed class OutwardAnswers : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    private const string Listener = "HttpHandlerDiagnosticListener";
    private const string Request = "System.Net.Http.Request";
    private const int MostBody = 1024 * 1024;

    private readonly HttpListener _listener;
    private readonly Uri _here;
    private readonly Dictionary<string, (ReplayScope Scope, RecordedAnswer Answer, Uri Asked)> _waiting = new(StringComparer.Ordinal);

    private OutwardAnswers(HttpListener listener, int port)
    {
        (_listener, _here) = (listener, new Uri($"http://127.0.0.1:{port.ToString(System.Globalization.CultureInfo.InvariantCulture)}/"));
        _ = Task.Run(AnswerAsync);
    }

    public static void Start()
    {
        // The handler tells of its requests only while this is on; an app may have switched it off.
        AppContext.SetSwitch("System.Net.Http.EnableActivityPropagation", isEnabled: true);
        for (var tries = 0; ; tries++)
        {
            var port = FreePort();
            var listener = new HttpListener();
            listener.Prefixes.Add($"http://127.0.0.1:{port.ToString(System.Globalization.CultureInfo.InvariantCulture)}/");
            try
            {
                listener.Start();
                DiagnosticListener.AllListeners.Subscribe(new OutwardAnswers(listener, port));
                return;
            }
            catch (HttpListenerException) when (tries < 8)
            {
                // Somebody else took the port meanwhile.
            }
        }
    }

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == Listener)
        {
            value.Subscribe(this, static name => name == Request && ReplayScope.Current is not null);
        }
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Key != Request || ReplayScope.Current is not { } scope
            || value.Value?.GetType().GetProperty("Request")?.GetValue(value.Value) is not HttpRequestMessage { RequestUri: { } asked } request)
        {
            return;
        }

        var answer = scope.Take(request.Method.Method, asked);
        if (answer?.Status is null)
        {
            scope.Made(request.Method.Method, asked, request.Content?.Headers.ContentType?.ToString() ?? "", Sent(request.Content), answer is not null);
            // What is thrown here leaves the handler, as if the other side could not be reached.
            throw answer?.IsCancelled == true ? new TaskCanceledException("the call was cancelled when it was recorded") : new HttpRequestException($"{asked.Host} is not called in a replay, and the recording has no answer of it");
        }

        var key = Guid.NewGuid().ToString("N");
        lock (_waiting)
        {
            _waiting[key] = (scope, answer, asked);
        }

        request.RequestUri = new Uri(_here, key);
        // What is in the process speaks 1.1, whatever the other side did.
        (request.Version, request.VersionPolicy) = (HttpVersion.Version11, HttpVersionPolicy.RequestVersionExact);
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    private static byte[] Sent(HttpContent? content) => content is null ? [] : Task.Run(content.ReadAsByteArrayAsync).GetAwaiter().GetResult();

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private async Task AnswerAsync()
    {
        while (true)
        {
            var context = await _listener.GetContextAsync();
            _ = Task.Run(() => AnswerAsync(context));
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        try
        {
            (ReplayScope Scope, RecordedAnswer Answer, Uri Asked) one;
            lock (_waiting)
            {
                if (!_waiting.Remove(context.Request.Url!.AbsolutePath[1..], out one))
                {
                    context.Response.Abort();
                    return;
                }
            }

            var body = await BodyAsync(context.Request);
            one.Scope.Made(context.Request.HttpMethod, one.Asked, context.Request.ContentType ?? "", body, isAnswered: true);
            context.Response.StatusCode = one.Answer.Status!.Value;
            foreach (var (name, value) in one.Answer.Headers)
            {
                context.Response.Headers[name] = value;
            }

            await context.Response.OutputStream.WriteAsync(one.Answer.Body);
            context.Response.Close();
        }
        catch (Exception gone) when (gone is HttpListenerException or IOException or InvalidOperationException or ArgumentException)
        {
            // Whoever asked does not wait any more.
            context.Response.Abort();
        }
    }

    private static async Task<byte[]> BodyAsync(HttpListenerRequest request)
    {
        using var kept = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await request.InputStream.ReadAsync(buffer)) > 0)
        {
            await kept.WriteAsync(buffer.AsMemory(0, (int)Math.Min(read, MostBody - kept.Length)));
        }

        return kept.ToArray();
    }
}
