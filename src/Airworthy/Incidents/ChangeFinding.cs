namespace Airworthy.Incidents;

/// <summary>Something that was seen of a change before anyone asked for the cause of a failure.</summary>
/// <param name="IsTrial">True when a trial found it before the merge; false when production turned.</param>
/// <param name="Told">A sentence: what was seen.</param>
/// <param name="Unit">The symbol of the unit it was seen in: it speaks of failures there alone; null: of the whole change.</param>
public readonly record struct ChangeFinding(bool IsTrial, string Told, string? Unit = null);
