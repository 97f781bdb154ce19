namespace Airworthy.Journeys.Queries;

/// <summary>An operation that leads to a function, by the stack traces of its failures; how often it was called bounds how often the function was.</summary>
/// <param name="Service">The service.</param>
/// <param name="Operation">The operation, as telemetry tells it.</param>
/// <param name="Calls">Its calls in versions in which the change is.</param>
/// <param name="Bad">Those that failed.</param>
/// <param name="Through">Traces of its failures that went through the function.</param>
/// <param name="Traces">Of how many.</param>
public sealed record ReachingOperation(string Service, string Operation, long Calls, long Bad, long Through, long Traces);
