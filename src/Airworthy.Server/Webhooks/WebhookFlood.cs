using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;

namespace Airworthy.Server.Webhooks;

/// <summary>
/// Turns away who sends more webhooks than any tool does: 600 at once, then ten a second, from one address to one format. A signature can be checked only
/// when the body is read, so a flood is stopped before.
/// </summary>
internal sealed class WebhookFlood : IDisposable
{
    /// <summary>Webhooks taken at once.</summary>
    public const int Burst = 600;

    private const int PerSecond = 10;

    private readonly PartitionedRateLimiter<HttpContext> _limiter = PartitionedRateLimiter.Create<HttpContext, string>(context => RateLimitPartition.GetTokenBucketLimiter(
        string.Create(CultureInfo.InvariantCulture, $"{context.Connection.RemoteIpAddress} {context.Request.RouteValues["format"]}"),
        _ => new TokenBucketRateLimiterOptions { TokenLimit = Burst, TokensPerPeriod = PerSecond, ReplenishmentPeriod = TimeSpan.FromSeconds(1), QueueLimit = 0 }));

    /// <summary>True when one more may come.</summary>
    public bool Admits(HttpContext context)
    {
        using var lease = _limiter.AttemptAcquire(context);
        return lease.IsAcquired;
    }

    public void Dispose() => _limiter.Dispose();
}
