using Airworthy.Code;
using Airworthy.Model;

namespace Airworthy.Journeys;

/// <summary>A gap in a function, and who wrote the function.</summary>
/// <param name="Gap">The gap.</param>
/// <param name="Authorship">Of the function: AI if any living line is, else unknown if any is.</param>
public sealed record AuthoredGap(TelemetryGap Gap, Authorship Authorship);
