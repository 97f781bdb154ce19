using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Reflection;
using Airworthy.Alerts;
using Airworthy.Model;
using Airworthy.Server.Listeners;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Airworthy.Server.Alerts;

/// <summary>
/// Tells targets what happened: at least once, out of the store, each try in a transaction of its own. A target that does not answer is asked again for hours, and delays
/// no other.
/// </summary>
internal sealed partial class WebhookSending(
    ServerOptions options, IAlertStore alerts, BoundListeners bound, TimeProvider time, ILogger<WebhookSending> logger) : BackgroundService
{
    private const int MostAtOnce = 200;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);
    private static readonly string s_agent = $"airworthy/{Assembly.GetExecutingAssembly().GetName().Version?.ToString(3)}";

    private readonly Dictionary<string, WebhookTarget> _targets = options.Webhooks.ToDictionary(target => target.Name, StringComparer.Ordinal);
    private readonly HttpMessageInvoker _public = new(Handler(PublicAddresses.ConnectAsync));
    private readonly HttpMessageInvoker _private = new(Handler(connect: null));

    public override void Dispose()
    {
        _public.Dispose();
        _private.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_targets.Count == 0)
        {
            return;
        }

        var wanted = _targets.Values.ToDictionary(target => target.Name, target => target.Types, StringComparer.Ordinal);
        using var tick = new PeriodicTimer(options.RepositoryPoll, options.Time);
        try
        {
            do
            {
                await TellAsync(wanted, stoppingToken);
            }
            while (await tick.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What was not told yet is in the store, and told at the next start.
        }
    }

    private static SocketsHttpHandler Handler(Func<SocketsHttpConnectionContext, CancellationToken, ValueTask<Stream>>? connect) => new()
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        ConnectCallback = connect,
    };

    private async Task TellAsync(IReadOnlyDictionary<string, IReadOnlyCollection<string>> wanted, CancellationToken cancel)
    {
        try
        {
            await alerts.DealAsync(wanted, cancel);
            var due = await alerts.DueAsync(MostAtOnce, cancel);
            await Task.WhenAll(due.Where(one => _targets.ContainsKey(one.Target)).GroupBy(one => one.Target, StringComparer.Ordinal).Select(async target =>
            {
                foreach (var delivery in target)
                {
                    // One that does not answer now is not asked ten times more in this look.
                    if (!await SendAsync(_targets[target.Key], delivery, cancel))
                    {
                        break;
                    }
                }
            }));
        }
        catch (FaultException e)
        {
            Delayed(logger, e.Message);
        }
    }

    private async Task<bool> SendAsync(WebhookTarget target, Delivery delivery, CancellationToken cancel)
    {
        string error;
        var isFinal = false;
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            patience.CancelAfter(s_patience);
            using var request = Request(target, delivery.Happening);
            using var answer = await (target.AllowPrivate ? _private : _public).SendAsync(request, patience.Token);
            if ((int)answer.StatusCode is >= 200 and < 300)
            {
                await alerts.DoneAsync(delivery, cancel);
                return true;
            }

            // Gone for good, as Standard Webhooks has it.
            isFinal = answer.StatusCode == HttpStatusCode.Gone;
            error = string.Create(CultureInfo.InvariantCulture, $"answered {(int)answer.StatusCode}");
        }
        catch (HttpRequestException e)
        {
            error = e.InnerException is { } inner ? $"{e.Message} ({inner.Message})" : e.Message;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            error = $"did not answer within {s_patience.TotalSeconds:0} s";
        }

        await alerts.FailedAsync(delivery, error, isFinal, cancel);
        NotTold(logger, target.Name, error);
        return false;
    }

    private HttpRequestMessage Request(WebhookTarget target, Happening happening)
    {
        var source = bound.AddressOf(ListenerRole.Http);
        var body = target.IsSlack ? SlackMessage.Write(happening, source) : CloudEvent.Write(happening, source);
        var request = new HttpRequestMessage(HttpMethod.Post, target.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(target.IsSlack ? "application/json" : CloudEvent.ContentType);
        request.Headers.UserAgent.ParseAdd(s_agent);
        if (target.Secret is { } secret)
        {
            var (id, now) = (CloudEvent.IdOf(happening), time.GetUtcNow());
            request.Headers.Add("webhook-id", id);
            request.Headers.Add("webhook-timestamp", now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
            request.Headers.Add("webhook-signature", WebhookSignature.Of(secret, id, now, body));
        }

        return request;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Webhooks wait: {Reason}")]
    private static partial void Delayed(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The webhook {Target} was not told and is tried again: {Reason}")]
    private static partial void NotTold(ILogger logger, string target, string reason);
}
