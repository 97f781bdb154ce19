using System.Net;
using Airworthy.Journeys;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Airworthy.Server.Listeners;

/// <summary>Where the server listens, with the ports the system chose.</summary>
internal sealed class BoundListeners : IServerAddress
{
    private readonly List<(Listener Listener, ListenOptions Options)> _bound = [];

    public Uri OtlpGrpc
    {
        get
        {
            var bound = AddressOf(ListenerRole.OtlpGrpc);
            var everywhere = IPAddress.TryParse(bound.Host.Trim('[', ']'), out var address) && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any));
            return everywhere ? new UriBuilder(bound) { Host = Dns.GetHostName() }.Uri : bound;
        }
    }

    public void Add(Listener listener, ListenOptions options) => _bound.Add((listener, options));

    /// <summary>The address of a role. Only the port changes when the server starts.</summary>
    public Uri AddressOf(ListenerRole role)
    {
        var (listener, options) = _bound.Find(b => b.Listener.Role == role);
        var port = options.IPEndPoint?.Port ?? listener.Port;
        return new UriBuilder(Uri.UriSchemeHttp, new IPEndPoint(listener.Address, port).Address.ToString(), port).Uri;
    }
}
