namespace Airworthy.Server.Listeners;

/// <summary>What a port is for. A request is only answered on a port of its role.</summary>
internal enum ListenerRole
{
    /// <summary>Pages, API and health.</summary>
    Http,

    /// <summary>OTLP over gRPC, HTTP/2 in clear text.</summary>
    OtlpGrpc,

    /// <summary>OTLP over HTTP.</summary>
    OtlpHttp,
}
