namespace Airworthy.Telemetry;

/// <summary>What of a count one instance did.</summary>
/// <param name="Instance">Its <c>service.instance.id</c>.</param>
/// <param name="Calls">Calls it made; at least 0.</param>
/// <param name="Bad">Those that ended in an error.</param>
public readonly record struct InstanceCount(string Instance, long Calls, long Bad);
