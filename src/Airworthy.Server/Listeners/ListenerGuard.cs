using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Airworthy.Server.Listeners;

/// <summary>
/// Answers a request only on the port it is meant for. The port's role travels with the connection, so a forged Host header or a
/// forwarded port can't change it.
/// </summary>
internal static class ListenerGuard
{
    private static readonly ListenerRole[] s_default = [ListenerRole.Http];

    /// <summary>Marks every connection of a port with its role.</summary>
    public static void Mark(ListenOptions options, ListenerRole role) =>
        options.Use(next => connection =>
        {
            connection.Features.Set(new ConnectionRole(role));
            return next(connection);
        });

    /// <summary>The role of the port a request came in by.</summary>
    public static ListenerRole RoleOf(HttpContext context) => context.Features.Get<ConnectionRole>()?.Role ?? ListenerRole.Http;

    /// <summary>Goes on, or answers 404 as if there were no such endpoint.</summary>
    public static Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        IReadOnlyCollection<ListenerRole> allowed = context.GetEndpoint()?.Metadata.GetMetadata<OnlyOnAttribute>()?.Roles ?? s_default;
        if (allowed.Contains(RoleOf(context)))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private sealed record ConnectionRole(ListenerRole Role);
}
