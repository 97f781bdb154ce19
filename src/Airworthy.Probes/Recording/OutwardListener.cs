using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace Airworthy.Probes.Recording;

/// <summary>
/// Hears of each request that an <see cref="HttpClient"/> sends, where the handler itself tells it. It asks for the two events that start no activity: a
/// listener of the others would make a trace where there was none, and send its id along.
/// </summary>
internal sealed class OutwardListener : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    private const string Listener = "HttpHandlerDiagnosticListener";
    private const string Sent = "System.Net.Http.Request";
    private const string Received = "System.Net.Http.Response";

    private static int s_isStarted;

    public static void Start()
    {
        if (Interlocked.Exchange(ref s_isStarted, 1) == 0)
        {
            DiagnosticListener.AllListeners.Subscribe(new OutwardListener());
        }
    }

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == Listener)
        {
            value.Subscribe(this, static name => name is Sent or Received && OutwardLog.Current is not null);
        }
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        try
        {
            if (OutwardLog.Current is not { } log || value.Value is not { } told || Read(told, "LoggingRequestId") is not Guid id)
            {
                return;
            }

            if (value.Key == Sent && Read(told, "Request") is HttpRequestMessage request)
            {
                request.Content = request.Content is null ? null : CopiedContent.Of(request.Content, HttpParts.MostBody);
                log.Add(new OutwardCall(id, request));
            }
            else if (value.Key == Received && Read(told, "Response") is HttpResponseMessage answer)
            {
                answer.Content = CopiedContent.Of(answer.Content, HttpParts.MostBody);
                log.Find(id)?.Answered(answer);
            }
            else if (value.Key == Received)
            {
                log.Find(id)?.Failed(Read(told, "RequestTaskStatus") is TaskStatus.Canceled ? "cancelled" : "faulted");
            }
        }
#pragma warning disable CA1031 // A defect here must never reach the app: its request goes on.
        catch (Exception)
#pragma warning restore CA1031
        {
            RecordingSwitch.Current?.CountFault();
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    /// <summary>What is told are types of the handler's own, whose public properties it keeps from being trimmed.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "The handler keeps the properties of what it tells.")]
    private static object? Read(object from, string property) => from.GetType().GetProperty(property)?.GetValue(from);
}
