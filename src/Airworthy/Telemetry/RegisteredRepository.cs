namespace Airworthy.Telemetry;

/// <summary>A repository the server reads.</summary>
/// <param name="Name">Its short unique name.</param>
/// <param name="Location">The folder on the server it is read from.</param>
/// <param name="Origin">The URL it was cloned from; null when it was given as a path.</param>
public sealed record RegisteredRepository(string Name, string Location, string? Origin);
