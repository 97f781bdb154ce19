using Airworthy.Model;

namespace Airworthy.Probation;

/// <summary>A person's word on where a change stands: it holds until a day, and then the evidence speaks again.</summary>
/// <param name="Change">Which change.</param>
/// <param name="State">What it is taken for.</param>
/// <param name="By">Who says so.</param>
/// <param name="Reason">Why.</param>
/// <param name="At">Since when, UTC. Only what production shows after it can change the state.</param>
/// <param name="Until">Until when, UTC.</param>
public sealed record Decision(ChangeId Change, ChangeState State, string By, string Reason, DateTimeOffset At, DateTimeOffset Until);
