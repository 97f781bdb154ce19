using System.Buffers.Text;
using System.Text;
using Airworthy.Server.Listeners;
using Airworthy.Server.Webhooks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Airworthy.Server.Access;

/// <summary>
/// Lets in only who shows a token for what is asked: <c>Authorization: Bearer TOKEN</c>, or, from a browser, HTTP Basic with the token as password. OTLP's
/// ports have a gate of their own, which answers in OTLP's terms.
/// </summary>
internal sealed class TokenGate(AccessTokens tokens, WebhookGate webhooks)
{
    private const int LongestHeader = 4096;

    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (ListenerGuard.RoleOf(context) != ListenerRole.Http
            || context.GetEndpoint()?.Metadata.GetMetadata<OpenToAllAttribute>() is not null
            || IsSigned(context))
        {
            return next(context);
        }

        var header = context.Request.Headers.Authorization.ToString();
        var admission = tokens.Admit(header.Length > LongestHeader ? null : TokenIn(header), ScopeOf(context));
        switch (admission.Kind)
        {
            case AdmissionKind.Admitted:
                return next(context);
            case AdmissionKind.Forbidden:
                return Problem.WriteAsync(context, StatusCodes.Status403Forbidden, admission.Reason);
            default:
                context.Response.Headers.Append(HeaderNames.WWWAuthenticate, "Bearer");
                context.Response.Headers.Append(HeaderNames.WWWAuthenticate, "Basic realm=\"airworthy\", charset=\"UTF-8\"");
                if (admission.Reason.Length > 0)
                {
                    return Problem.WriteAsync(context, StatusCodes.Status401Unauthorized, admission.Reason);
                }

                context.Response.StatusCode = StatusCodes.Status401Unauthorized;
                return Task.CompletedTask;
        }
    }

    private static AccessScope ScopeOf(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<NeedsAttribute>()?.Scope
        ?? (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method) ? AccessScope.Read : AccessScope.Write);

    /// <summary>True where a signature is asked for in the token's place; the endpoint checks it, as it needs the body.</summary>
    private bool IsSigned(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<SignedAttribute>() is not null
        && context.GetRouteValue("format") is string format && webhooks.IsSigned(format);

    private static string? TokenIn(string header)
    {
        if (header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
        {
            return header["Bearer ".Length..].Trim();
        }

        if (!header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var encoded = header["Basic ".Length..].Trim();
        var bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(encoded.Length)];
        if (!Convert.TryFromBase64String(encoded, bytes, out var length))
        {
            return null;
        }

        var pair = Encoding.UTF8.GetString(bytes, 0, length);
        return pair.IndexOf(':', StringComparison.Ordinal) is var colon and >= 0 ? pair[(colon + 1)..] : null;
    }
}
