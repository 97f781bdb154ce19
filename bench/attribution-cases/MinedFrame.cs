namespace Airworthy.AttributionCases;

/// <summary>A frame of the trace that is the repository's own.</summary>
internal sealed record MinedFrame(string? Function, string Path, int? Line);
