using System.Net;
using Airworthy.Server.Listeners;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Airworthy.Server.Access;

/// <summary>
/// Keeps other sites' pages from using a visitor's browser against the server: a server without a token only answers to names of
/// this machine (a rebound DNS name is none), and what changes state must come from the server's own pages or from no page at all.
/// </summary>
internal sealed class OriginGate(AccessTokens tokens)
{
    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        if (!tokens.AreAsked && ListenerGuard.RoleOf(context) == ListenerRole.Http && !NamesThisMachine(request.Host.Host))
        {
            return Problem.WriteAsync(
                context, StatusCodes.Status421MisdirectedRequest, "Without a token the server only answers to localhost, 127.0.0.1 and [::1].");
        }

        if (ChangesState(request) && !IsSameOrigin(request))
        {
            return Problem.WriteAsync(context, StatusCodes.Status403Forbidden, "A page of another site may not change anything here.");
        }

        return next(context);
    }

    private static bool NamesThisMachine(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static bool ChangesState(HttpRequest request) =>
        !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method) && !HttpMethods.IsOptions(request.Method);

    private static bool IsSameOrigin(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site.Length > 0)
        {
            return site is "same-origin" or "none";
        }

        var origin = request.Headers[HeaderNames.Origin].ToString();
        return origin.Length == 0
            || origin.Equals($"{request.Scheme}://{request.Host.Value}", StringComparison.OrdinalIgnoreCase);
    }
}
