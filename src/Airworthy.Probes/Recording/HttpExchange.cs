namespace Airworthy.Probes.Recording;

/// <summary>One request that the service answered, as its recording needs it.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Target">Path and query as they were asked for.</param>
/// <param name="Route">The template of the endpoint, as <c>/orders/{id}</c>; null where no endpoint was found.</param>
/// <param name="Time">When it began.</param>
/// <param name="Trace">The W3C trace id; null outside of a trace.</param>
/// <param name="RequestHeaders">All of them; few are kept.</param>
/// <param name="RequestBody">What was read of the body.</param>
internal sealed record HttpExchange(
    string Method,
    string Target,
    string? Route,
    DateTimeOffset Time,
    string? Trace,
    IReadOnlyDictionary<string, string> RequestHeaders,
    BoundedCopy RequestBody)
{
    /// <summary>The culture it was answered in.</summary>
    public required string Culture { get; init; }

    public required int Status { get; init; }

    public required IReadOnlyDictionary<string, string> ResponseHeaders { get; init; }

    public required BoundedCopy ResponseBody { get; init; }

    /// <summary>Statements with a flag that ever ran in this process, before the request and after it. Others at the same time count as its own.</summary>
    public required (long Before, long After) StatementsRun { get; init; }

    /// <summary>The exception that left the application; null when it answered.</summary>
    public Type? Thrown { get; init; }
}
