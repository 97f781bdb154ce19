namespace Airworthy.Telemetry;

/// <summary>That a service runs a repository's code.</summary>
/// <param name="Service"><c>service.name</c>.</param>
/// <param name="Repository">The repository's name.</param>
/// <param name="Confirmed">True when the operator said so; a sender's own claim only proposes.</param>
public sealed record ServiceClaim(string Service, string Repository, bool Confirmed);
