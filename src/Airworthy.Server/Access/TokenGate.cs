using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Airworthy.Server.Listeners;
using Airworthy.Server.Webhooks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Airworthy.Server.Access;

/// <summary>
/// Lets in only who shows the token: <c>Authorization: Bearer TOKEN</c>, or, from a browser, HTTP Basic with the token as password. Digests
/// are compared in constant time, so neither the token nor its length can be felt out. OTLP's ports have a gate of their own, which
/// answers in OTLP's terms.
/// </summary>
internal sealed class TokenGate
{
    private const int LongestHeader = 4096;
    private readonly byte[]? _digest;
    private readonly WebhookGate _webhooks;

    public TokenGate(string? token, WebhookGate webhooks) => (_digest, _webhooks) = (token is null ? null : Digest(token), webhooks);

    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (_digest is null
            || ListenerGuard.RoleOf(context) != ListenerRole.Http
            || context.GetEndpoint()?.Metadata.GetMetadata<OpenToAllAttribute>() is not null
            || IsSigned(context)
            || Admits(context.Request))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        context.Response.Headers.Append(HeaderNames.WWWAuthenticate, "Bearer");
        context.Response.Headers.Append(HeaderNames.WWWAuthenticate, "Basic realm=\"airworthy\", charset=\"UTF-8\"");
        return Task.CompletedTask;
    }

    /// <summary>True where a signature is asked for in the token's place; the endpoint checks it, as it needs the body.</summary>
    private bool IsSigned(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<SignedAttribute>() is not null
        && context.GetRouteValue("format") is string format && _webhooks.IsSigned(format);

    private bool Admits(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        var shown = header.Length > LongestHeader ? null : TokenIn(header);
        return shown is not null && CryptographicOperations.FixedTimeEquals(Digest(shown), _digest);
    }

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

    private static byte[] Digest(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
