using Airworthy.Server.Access;

namespace Airworthy.Server.Otlp;

/// <summary>What the OTLP endpoints accept, and how much of it.</summary>
public sealed record OtlpOptions
{
    /// <summary>How long a sender waits after it was turned away for load.</summary>
    public static readonly TimeSpan BusyRetry = TimeSpan.FromSeconds(1);

    /// <summary>Largest request as it is sent. The default value is 16 MiB.</summary>
    public int MaxCompressedBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>Largest request once it is decompressed. The default value is 64 MiB.</summary>
    public int MaxBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>How many requests are worked on at once; more are told to come again. The default value is 256.</summary>
    public int MaxConcurrentRequests { get; init; } = 256;

    /// <summary>How long a request may take to come in; a sender that is slower is told so. The default value is 30 seconds.</summary>
    public TimeSpan MaxReadTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How many bytes of requests are held at once; senders beyond are told to come again. The default value is 512 MiB.</summary>
    public long MaxBytesInFlight { get; init; } = 512L * 1024 * 1024;

    /// <summary>The tokens of which senders must show one as <c>Authorization: Bearer …</c>; null for none. The default value is null.</summary>
    public AccessTokens? Tokens { get; init; }
}
