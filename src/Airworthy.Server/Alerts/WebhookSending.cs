using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Reflection;
using Airworthy.Alerts;
using Airworthy.Model;
using Airworthy.Server.Listeners;
using Airworthy.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Airworthy.Server.Alerts;

/// <summary>
/// Tells targets what happened: at least once, out of the store, each try in a transaction of its own. A target that does not answer is asked again for hours, and delays
/// no other. Of several servers on a database one tells a target: each has its own lease, for their files may name other ones.
/// </summary>
internal sealed partial class WebhookSending(
    ServerOptions options, IAlertStore alerts, Store store, BoundListeners bound, TimeProvider time, ILogger<WebhookSending> logger) : BackgroundService
{
    private const int MostAtOnce = 200;

    // Shorter than a lease still lasts after it was asked for: what is on its way is done before another server goes on.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);
    private static readonly string s_agent = $"airworthy/{Assembly.GetExecutingAssembly().GetName().Version?.ToString(3)}";

    private readonly IReadOnlyList<(WebhookTarget Target, Lease Lease)> _targets = [.. options.Webhooks.Select(target => (target, store.LeaseOn($"webhook {target.Name}")))];
    private readonly HttpMessageInvoker _public = new(Handler(PublicAddresses.ConnectAsync));
    private readonly HttpMessageInvoker _private = new(Handler(connect: null));

    public override void Dispose()
    {
        _public.Dispose();
        _private.Dispose();
        base.Dispose();
    }

    /// <summary>Another server goes on at once.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            foreach (var (_, lease) in _targets)
            {
                await lease.ReleaseAsync(cancellationToken);
            }
        }
        catch (FaultException e)
        {
            Delayed(logger, e.Message);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_targets.Count == 0)
        {
            return;
        }

        using var tick = new PeriodicTimer(options.RepositoryPoll, options.Time);
        try
        {
            do
            {
                await TellAsync(stoppingToken);
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

    private async Task TellAsync(CancellationToken cancel)
    {
        try
        {
            var held = new List<(WebhookTarget Target, Lease Lease)>();
            foreach (var one in _targets)
            {
                if (await one.Lease.HoldAsync(cancel))
                {
                    held.Add(one);
                }
            }

            if (held.Count > 0)
            {
                await alerts.DealAsync(held.ToDictionary(one => one.Target.Name, one => one.Target.Types, StringComparer.Ordinal), cancel);
                await Task.WhenAll(held.Select(one => TellAsync(one.Target, one.Lease, cancel)));
            }
        }
        catch (FaultException e)
        {
            Delayed(logger, e.Message);
        }
    }

    private async Task TellAsync(WebhookTarget target, Lease lease, CancellationToken cancel)
    {
        foreach (var delivery in await alerts.DueAsync(target.Name, MostAtOnce, cancel))
        {
            // One that does not answer now is not asked ten times more in this look.
            if (!await lease.HoldAsync(cancel) || !await SendAsync(target, delivery, cancel))
            {
                break;
            }
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
