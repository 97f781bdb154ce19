namespace Airworthy.Probation;

/// <summary>What one instance did in one minute.</summary>
/// <param name="Instance">Which one.</param>
/// <param name="HasChange">True when it ran a revision with the change in it.</param>
/// <param name="Calls">Calls, at least 0.</param>
/// <param name="Bad">Bad ones among them.</param>
public readonly record struct InstanceMinute(string Instance, bool HasChange, long Calls, long Bad);
