namespace Airworthy.Trials.Running;

/// <summary>A call that took its worker along, or did not come back.</summary>
/// <param name="Unit">The unit, by its index in the plan.</param>
/// <param name="AtHead">True when the head was running; the base had come back before.</param>
/// <param name="Input">The recipe's bytes.</param>
/// <param name="How">How it ended, for people: <c>a stack overflow ends the process</c>.</param>
/// <param name="Hung">True when it did not come back.</param>
public sealed record EndedCall(int Unit, bool AtHead, byte[] Input, string How, bool Hung);
