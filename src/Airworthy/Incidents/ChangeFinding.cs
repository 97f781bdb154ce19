namespace Airworthy.Incidents;

/// <summary>Something that was seen of a change before anyone asked for the cause of a failure.</summary>
/// <param name="IsTrial">True when a trial found it before the merge; false when production turned.</param>
/// <param name="Told">A sentence: what was seen.</param>
public readonly record struct ChangeFinding(bool IsTrial, string Told);
