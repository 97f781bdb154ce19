using Airworthy.Model;

namespace Airworthy.Code;

/// <summary>A place in a function that production would not tell of.</summary>
/// <param name="Unit">The function.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Kind">What would happen there unseen.</param>
/// <param name="Text">The call, or what is caught, as the source has it; at most 80 characters.</param>
public sealed record TelemetryGap(CodeUnit Unit, int Line, TelemetryGapKind Kind, string Text);
