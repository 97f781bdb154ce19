namespace Airworthy.Telemetry.Otlp;

/// <summary>The answers a receiver gives, as gRPC numbers them; HTTP carries the same number in the body of an error.</summary>
public enum OtlpCode
{
    Ok = 0,

    /// <summary>The request is malformed: sending it again is pointless.</summary>
    InvalidArgument = 3,

    /// <summary>The bearer token is known, and not for sending.</summary>
    PermissionDenied = 7,

    /// <summary>The request is larger than the receiver reads.</summary>
    ResourceExhausted = 8,

    /// <summary>This is not how it is sent: a content type or encoding nobody reads.</summary>
    Unimplemented = 12,

    /// <summary>A defect of the receiver.</summary>
    Internal = 13,

    /// <summary>Not now: send the same request again later.</summary>
    Unavailable = 14,

    /// <summary>The bearer token is missing or wrong.</summary>
    Unauthenticated = 16,
}
