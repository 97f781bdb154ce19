using System.Net;
using Airworthy.Model;
using Microsoft.AspNetCore.Http;

namespace Airworthy.Server.Listeners;

/// <summary>One address the server listens on, and for what.</summary>
/// <param name="Role">What it is for.</param>
/// <param name="Address">The IP address.</param>
/// <param name="Port">The port; 0 lets the system choose.</param>
internal sealed record Listener(ListenerRole Role, IPAddress Address, int Port)
{
    public bool IsLoopback => IPAddress.IsLoopback(Address);

    /// <summary>The option that sets it, for messages.</summary>
    public string Option => Role switch
    {
        ListenerRole.OtlpGrpc => "--otlp-grpc",
        ListenerRole.OtlpHttp => "--otlp-http",
        _ => "--http",
    };

    /// <summary>Reads an address such as <c>http://127.0.0.1:4320</c>.</summary>
    /// <exception cref="ServerException">It is no such address, or would be open to others while no token protects it.</exception>
    public static Listener Parse(ListenerRole role, string url, bool hasToken)
    {
        var option = new Listener(role, IPAddress.Loopback, 0).Option;
        BindingAddress parsed;
        try
        {
            parsed = BindingAddress.Parse(url);
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException)
        {
            throw new ServerException(Fault.Usage, $"{option} {url} is not an address; give one like http://127.0.0.1:4320");
        }

        if (!parsed.Scheme.Equals("http", StringComparison.OrdinalIgnoreCase) || parsed.PathBase.Length > 0 || parsed.IsUnixPipe)
        {
            throw new ServerException(
                Fault.Usage, $"{option} {url}: only plain http://ADDRESS:PORT is served here; put a proxy in front of it for TLS or a path");
        }

        var address = AddressOf(parsed.Host)
            ?? throw new ServerException(Fault.Usage, $"{option} {url}: give an IP address, localhost or * instead of the name {parsed.Host}");
        if (!IPAddress.IsLoopback(address) && !hasToken)
        {
            throw new ServerException(
                Fault.Usage, $"{option} {url} is open to other machines, which needs a token: add --token-file FILE, or listen on 127.0.0.1");
        }

        return new Listener(role, address, parsed.Port);
    }

    private static IPAddress? AddressOf(string host) => host switch
    {
        "localhost" => IPAddress.Loopback,
        "*" or "+" => IPAddress.IPv6Any,
        _ => IPAddress.TryParse(host.Trim('[', ']'), out var address) ? address : null,
    };
}
